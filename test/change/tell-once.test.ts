import { describe, expect, it } from 'vitest';
import { compareUnit } from '../../src/change/compare.ts';
import { tellOnce } from '../../src/change/tell-once.ts';
import type { Application } from '../../src/gitops/unit.ts';
import { renderedOf } from '../support/changes.ts';
import * as make from '../support/results.ts';

const LOKI = make.objectId('Application', 'loki', 'argoproj.io');
const application = (name: string): Application => ({
  name,
  file: 'apps/loki.yaml',
  project: 'default',
  cluster: 'in-cluster',
  namespace: 'logging',
  sources: [],
  automated: true,
  prune: true,
  selfHeal: true,
  cascades: false,
});

const apps = make.unit('acme', 'apps', 'production');
const loki = make.unit('acme', 'loki', 'production', { key: 'app:loki', application: application('loki') });
const manifest = make.spanAt('apps/loki.yaml', 13);
const chart = { kind: 'chart', move: 'minor', subject: 'loki', from: '1.0.0', to: '1.1.0' } as const;
const inManifest = make.fact(apps.key, { ...chart, object: LOKI, span: manifest });
const ownGap = make.fact(loki.key, {
  ...chart,
  subject: 'https://charts.example/loki',
  span: make.spanAt('apps/loki.yaml', 9),
});

const isOwn = (url: string) => url.endsWith('/gitops.git');
const ofSet = make.unit('acme', 'shop', 'production', { application: { ...application('shop'), set: 'shops' } });
const MAP = { isOwn, isLookedUp: isOwn, applications: () => [ofSet] };

function told(facts: Parameters<typeof make.unitChange>[1], others: Parameters<typeof make.unitChange>[1] = []) {
  const changes = [make.unitChange(apps, facts), make.unitChange(loki, others)];
  return tellOnce(changes, MAP).map(change => change.facts);
}

describe('how the source of an Application moves', () => {
  it('is told by its own unit, at the line of the manifest that moves it', () => {
    expect(told([inManifest], [ownGap])).toEqual([[], [{ ...ownGap, span: manifest }]]);
  });

  it('is told by the unit of the manifest where no other tells it', () => {
    expect(told([inManifest])).toEqual([[inManifest], []]);
    const other = { ...ownGap, to: '1.2.0' };
    expect(told([inManifest], [other])).toEqual([[inManifest], [other]]);
  });

  it('is no base in another repository where it is a revision of this one', () => {
    const move = { kind: 'remote', move: 'moved', from: 'main', to: 'next', object: LOKI, span: manifest } as const;
    const own = make.fact(apps.key, { ...move, subject: 'https://git.example/gitops.git' });
    const other = make.fact(apps.key, { ...move, subject: 'https://git.example/other.git' });
    expect(told([own, other])).toEqual([
      [{ ...own, kind: 'application', move: 'changed', subject: 'source' }, other],
      [],
    ]);
  });
});

describe('a folder more in what a set leaves out', () => {
  const spec = (folders: string, repoURL: string) => `{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet,
    metadata: {name: shops, namespace: shop}, spec: {generators: [{matrix: {generators: [{list: {}},
    {git: {repoURL: "${repoURL}", directories: [{path: "*"}, {path: a}${folders}]}}]}}]}}`;
  const toldOf = (repoURL: string, map = MAP) => {
    const excluded = ', {path: b, exclude: true}';
    const change = compareUnit(apps, renderedOf(spec('', repoURL)), renderedOf(spec(excluded, repoURL)));
    return tellOnce([change], map).flatMap(({ facts }) => facts.map(({ move }) => move));
  };

  it('is no loss of its own in this repository, where every Application that goes is told', () => {
    expect(toldOf('https://git.example/gitops.git')).toEqual(['changed']);
  });

  it('is one where the set makes no Application that is known', () => {
    const none = { ...MAP, applications: () => [] };
    expect(toldOf('https://git.example/gitops.git', none)).toEqual(['removed-with-objects']);
  });

  it.each(['https://git.example/other.git', 'https://git.example/{{name}}/gitops.git'])(
    'is one in %s, whose folders are not known',
    repoURL => {
      expect(toldOf(repoURL)).toEqual(['removed-with-objects']);
    },
  );
});
