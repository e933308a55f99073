import { chmodSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Question } from '../src/git/sides.ts';
import { lint } from '../src/lint.ts';
import { PLAIN, reportText } from '../src/report/text.ts';
import { createRepository } from './support/git-repository.ts';

const repository = createRepository();
afterAll(() => repository.cleanup());

const home = resolve(import.meta.dirname, '..');
const ask = (subject: Question) =>
  lint({ subject, cwd: repository.path, env: repository.env, home, config: undefined });

const DEPLOYMENT = (maxUnavailable: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: ${maxUnavailable}}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'shop/web:1.0.0'}]}
`;

describe('the policy that judges a change', () => {
  it('is the one before it, and a new one has to be readable', async () => {
    repository.write({ 'app/kustomization.yaml': 'resources: [web.yaml]\n', 'app/web.yaml': DEPLOYMENT('1') });
    repository.commit('Start');

    repository.write({
      'app/web.yaml': DEPLOYMENT('0'),
      '.deploy-lint.yaml': 'rules: {rollout-rejected: off}\n',
    });
    repository.commit('Break it and look away');
    const { findings, files } = await ask({ kind: 'commit', rev: 'HEAD' });
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['error rollout-rejected']);
    expect(files.skipped.map(({ path }) => path)).toEqual(['.deploy-lint.yaml']);

    repository.write({ '.deploy-lint.yaml': 'rulez: {}\n' });
    repository.commit('Misspell it');
    await expect(ask({ kind: 'commit', rev: 'HEAD' })).rejects.toThrow('.deploy-lint.yaml:1:1');

    repository.write({ '.deploy-lint.yaml': 'rules: {}\n' });
    repository.commit('Repair it');
    expect((await ask({ kind: 'commit', rev: 'HEAD' })).verdict.level).toBe('none');
  });
});

describe('a range', () => {
  it('has one verdict from where the two parted, and a line for each commit', async () => {
    const result = await ask({ kind: 'range', from: 'HEAD~3', to: 'HEAD' });
    expect(result.subject).toMatchObject({ kind: 'range', base: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(result.commits.map(({ title, errors }) => [title, errors])).toEqual([
      ['Break it and look away', 1],
      ['Misspell it', 0],
      ['Repair it', 0],
    ]);
    expect(result.findings.map(({ rule }) => rule)).toEqual(['rollout-rejected']);
  });
});

describe('D05 a manifest that gets', () => {
  const START = { 'app/kustomization.yaml': 'resources: [web.yaml]\n', 'app/web.yaml': DEPLOYMENT('1') };
  const IMAGE = DEPLOYMENT('1').replace('1.0.0', '1.0.1');
  const MOVED = { 'app/kustomization.yaml': 'resources: [front.yaml]\n' };
  const BOTH = { 'app/kustomization.yaml': 'resources: [web.yaml, front.yaml]\n' };
  const FRONT = DEPLOYMENT('1').replaceAll('name: web', 'name: front').replaceAll('app: web', 'app: front');

  it.each<[string, () => Record<string, string>, string[]]>([
    ['another name', () => take('app/web.yaml', { ...MOVED, 'app/front.yaml': DEPLOYMENT('1') }), []],
    ['another name and another image', () => take('app/web.yaml', { ...MOVED, 'app/front.yaml': IMAGE }), ['image']],
    [
      'a name in capitals',
      () =>
        take('app/web.yaml', { 'app/kustomization.yaml': 'resources: [Web.yaml]\n', 'app/Web.yaml': DEPLOYMENT('1') }),
      [],
    ],
    ['a copy of another name', () => ({ ...BOTH, 'app/front.yaml': FRONT }), ['object']],
    ['the mode of a program', () => chmod('app/web.yaml'), []],
    ['a link in its place', () => link('app/web.yaml', 'real.yaml', { 'app/real.yaml': DEPLOYMENT('1') }), []],
    [
      'a folder in its place',
      () =>
        take('app/web.yaml', {
          'app/web.yaml/kustomization.yaml': 'resources: [a.yaml]\n',
          'app/web.yaml/a.yaml': IMAGE,
        }),
      ['image'],
    ],
  ])('%s', async (_, change, expected) => {
    repository.git('checkout', '--quiet', '--orphan', 'files');
    repository.git('rm', '-rfq', '.');
    repository.commit('Start', START);
    repository.commit('Change', change());
    const { units, findings } = await ask({ kind: 'commit', rev: 'HEAD' });
    expect(units.flatMap(({ facts }) => facts.map(({ kind }) => kind))).toEqual(expected);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    repository.git('checkout', '--quiet', 'main');
    repository.git('branch', '--quiet', '-D', 'files');
  });

  function take(path: string, files: Record<string, string>) {
    repository.remove(path);
    return files;
  }

  function link(path: string, target: string, files: Record<string, string>) {
    repository.remove(path);
    symlinkSync(target, resolve(repository.path, path));
    return files;
  }

  function chmod(path: string) {
    chmodSync(resolve(repository.path, path), 0o755);
    return {};
  }
});

describe('A26 characters that look like others or turn the text around', () => {
  it.each([
    ['kind', 'kind: Deployment', 'kind: D\u0435ployment', 'D\u0435ployment', 'U+0435'],
    ['namespace', 'metadata: {', 'metadata: {namespace: sh\u202eop, ', 'sh\\u{202e}op', 'U+202E'],
    ['image', 'shop/web', 'shop/w\u200beb', 'shop/w\\u{200b}eb:1.0.0', 'U+200B'],
  ])('in the %s are found and shown', async (_, text, other, shown, character) => {
    repository.commit('Copy a text', { 'app/web.yaml': DEPLOYMENT('1').replace(text, other) });
    const result = await ask({ kind: 'commit', rev: 'HEAD' });
    expect(result.findings.map(({ rule }) => rule)).toContain('look-alike-character');
    const report = reportText(result, PLAIN).replace(/\s+/g, ' ');
    expect(report).toContain(`"${shown}" holds the character ${character}`);
    expect(report).not.toMatch(/[\u200b\u202e]/);
  });
});
