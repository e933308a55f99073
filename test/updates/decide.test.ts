import { describe, expect, it } from 'vitest';
import { readComponents } from '../../src/gitops/components.ts';
import { decide } from '../../src/updates/decide.ts';
import { originOf } from '../../src/updates/origin.ts';
import { type Release, releaseOf } from '../../src/updates/release.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import { NOW } from './ask.ts';

/** `1.2.3`, with `=4.5.6` the version of the program, with `@2026-03-15` the day, with `!` withdrawn, `?` a pre-release. */
function release(text: string): Release {
  const [, version = '', app, date, mark] = /^([^=@!?]+)(?:=([^@!?]+))?(?:@([^!?]+))?([!?])?$/.exec(text) ?? [];
  const told = {
    appVersion: app,
    date: date && `${date}T09:00:00.000Z`,
    withdrawn: mark === '!',
    prerelease: mark === '?',
  };
  return releaseOf(version, told) ?? expect.fail(`${version} is a version`);
}

function decided(entry: string, published: string, includeMajor = false) {
  const [root] = parse(new Source('apps.yaml', `- {${entry}}`), 'kubectl').documents;
  const [component] = root === undefined ? [] : readComponents(root).components;
  if (component === undefined) return expect.fail('it is a component');
  const source = component.source ?? {
    type: 'helm',
    fields: new Map([
      ['url', 'https://charts.example'],
      ['chart', 'x'],
    ]),
  };
  const releases = published.split(' ').map(release);
  const {
    class: kind,
    allowed,
    newest,
    why,
    steps,
  } = decide(component, originOf(source), releases, { now: NOW, includeMajor });
  return { to: `${kind} ${allowed?.version ?? '-'} ${newest?.version ?? '-'}`, why, steps };
}

const IMAGE = 'source: {type: docker, repo: org/tool}';

describe('the class of a step', () => {
  it.each([
    ['nothing newer', 'name: x, version: 1.2.3', '1.2.3 1.2.2 1.1.9', 'current - -'],
    ['a patch', 'name: x, version: 1.2.3', '1.2.3 1.2.9 1.2.10', 'safe-auto 1.2.10 1.2.10'],
    ['a patch before a minor', 'name: x, version: 1.2.3', '1.2.3 1.2.4 1.3.0', 'safe-auto 1.2.4 1.3.0'],
    ['a minor of a chart', 'name: x, version: 1.2.3', '1.2.3 1.3.0', 'needs-a-human 1.3.0 1.3.0'],
    ['a minor of an image', `name: x, version: 1.2.3, ${IMAGE}`, '1.2.3 1.3.0', 'safe-auto 1.3.0 1.3.0'],
    ['a major', 'name: x, version: 1.2.3', '1.2.3 2.0.0', 'needs-a-human - 2.0.0'],
    ['a minor below 1.0', `name: x, version: 0.2.3, ${IMAGE}`, '0.2.3 0.3.0', 'needs-a-human 0.3.0 0.3.0'],
    ['skip_major', 'name: x, version: 1.2.3, skip_major: true', '1.2.3 1.2.4 2.0.0', 'safe-auto 1.2.4 2.0.0'],
    ['skip_major with nothing else', 'name: x, version: 1.2.3, skip_major: true', '1.2.3 2.0.0', 'held - 2.0.0'],
    ['manual_only', 'name: x, version: 1.2.3, manual_only: true', '1.2.3 1.2.4', 'manual-only 1.2.4 1.2.4'],
    ['a pin', 'name: x, version: 1.2.3, pin: 1.2.3', '1.2.3 1.2.4', 'held - 1.2.4'],
    ['a pin that is newer', 'name: x, version: 1.2.3, pin: 1.2.4', '1.2.3 1.2.4 1.2.5', 'safe-auto 1.2.4 1.2.5'],
    ['Longhorn, two minors on', 'name: longhorn, version: 1.8.1', '1.8.1 1.9.1 1.10.0', 'needs-a-human 1.9.1 1.10.0'],
    ['Longhorn, a patch', 'name: longhorn, version: 1.8.1', '1.8.1 1.8.2 1.9.1', 'safe-auto 1.8.2 1.9.1'],
    ['Kubernetes, a patch', 'name: k8s, version: v1.31.4', 'v1.31.4 v1.31.9', 'needs-a-human v1.31.9 v1.31.9'],
    ['Kubernetes, two minors on', 'name: k8s, version: v1.31.4', 'v1.31.4 v1.33.0', 'held - v1.33.0'],
    [
      'RKE2, its builds',
      'name: rke2, version: v1.31.4+rke2r1',
      'v1.31.4+rke2r1 v1.31.4+rke2r2 v1.32.0-rc1+rke2r1',
      'needs-a-human v1.31.4+rke2r2 v1.31.4+rke2r2',
    ],
    ['Argo CD by its image', 'name: argocd, version: v2.14.1', 'v2.14.1 v2.15.0', 'needs-a-human v2.15.0 v2.15.0'],
    [
      'Argo CD by its chart',
      'name: argo-cd, version: 7.8.0',
      '7.8.0=v2.14.1 7.8.9=v2.15.0',
      'needs-a-human 7.8.9 7.8.9',
    ],
    [
      'a patch that brings a major of the program',
      'name: x, version: 1.2.3',
      '1.2.3=4.0.0 1.2.4=5.0.0',
      'needs-a-human 1.2.4 1.2.4',
    ],
    [
      'Argo CD by a chart of unknown content',
      'name: argo-cd, version: 7.8.0',
      '7.8.0 7.8.9 7.12.0',
      'safe-auto 7.8.9 7.12.0',
    ],
    [
      'a minor of a chart in a registry',
      'name: x, version: 1.2.3, source: {type: oci, url: "oci://ghcr.io/org", chart: x}',
      '1.2.3 1.3.0',
      'needs-a-human 1.3.0 1.3.0',
    ],
    ['a series of MariaDB', `name: mariadb, version: 11.4.5, ${IMAGE}`, '11.4.5 11.8.2', 'needs-a-human - 11.8.2'],
    ['a patch of MariaDB', `name: mariadb, version: 11.4.5, ${IMAGE}`, '11.4.5 11.4.7', 'needs-a-human 11.4.7 11.4.7'],
    [
      'its operator, which is no database',
      'name: mariadb-operator, version: 25.8.1',
      '25.8.1 25.8.2',
      'safe-auto 25.8.2 25.8.2',
    ],
    ['a release of yesterday', 'name: x, version: 1.2.3', '1.2.3 1.2.4@2026-03-15', 'held - 1.2.4'],
    [
      'one older behind it',
      'name: x, version: 1.2.3',
      '1.2.3 1.2.4@2026-03-01 1.2.5@2026-03-15',
      'safe-auto 1.2.4 1.2.5',
    ],
    ['a pre-release', 'name: x, version: 1.2.3', '1.2.3 1.2.4-rc1 1.2.5?', 'current - -'],
    ['a pre-release after one', 'name: x, version: 1.3.0-rc1', '1.3.0-rc1 1.3.0-rc2', 'safe-auto 1.3.0-rc2 1.3.0-rc2'],
    ['a version taken back', 'name: x, version: 1.2.3', '1.2.3 1.2.4!', 'current - -'],
    [
      'another flavour',
      `name: x, version: 8.2.1-fpm, ${IMAGE}`,
      '8.2.1-fpm 8.2.9-cli 8.2.4-fpm',
      'safe-auto 8.2.4-fpm 8.2.4-fpm',
    ],
    ['tags that move', `name: x, version: 1.27.3, ${IMAGE}`, '1.27.3 1.28 latest', 'current - -'],
    ['hashes', `name: x, version: 1.27.3, ${IMAGE}`, '1.27.3 sha-abc1234', 'current - -'],
  ])('%s', (_, entry, published, expected) => {
    expect(decided(entry, published).to).toBe(expected);
  });

  it.each([
    ['name: x, version: 1.2.3', '1.2.3 2.0.0', 'needs-a-human 2.0.0 2.0.0'],
    ['name: x, version: 1.2.3, skip_major: true', '1.2.3 2.0.0', 'held - 2.0.0'],
    ['name: x, version: 1.2.3, manual_only: true', '1.2.3 2.0.0', 'manual-only 2.0.0 2.0.0'],
  ])('with the major asked for: %s', (entry, published, expected) => {
    expect(decided(entry, published, true).to).toBe(expected);
  });

  it('names the steps where it takes several', () => {
    const { why, steps } = decided('name: longhorn, version: 1.7.2', '1.7.2 1.8.0 1.8.1 1.9.1 1.10.0');
    expect(steps).toEqual(['1.8.1', '1.9.1', '1.10.0']);
    expect(why.at(-1)).toMatch(/^1\.10\.0: 3 minors on; Longhorn refuses to start/);
  });

  it.each([
    ['name: x, version: 1.2.3', '1.2.4', ['its source has no dates: whether it has been out for 3 days is not known']],
    ['name: x, version: 1.2.3, minimum_age: 0', '1.2.4', []],
    ['name: x, version: 1.2.3', '1.2.4@2026-01-01', []],
    ['name: x, version: 1.2.3, minimum_age: 7d', '1.2.4', ['1.2.4: its source does not say how long it has been out']],
  ])('says where its age is not known: %s to %s (I01)', (entry, published, why) => {
    expect(decided(entry, published).why).toEqual(why);
  });

  it('says where the current version is not published', () => {
    expect(decided('name: x, version: 1.2.3', '1.2.2').why).toEqual(['1.2.3 is not among what is published']);
  });
});
