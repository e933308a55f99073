import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Question } from '../src/git/sides.ts';
import { lint } from '../src/lint.ts';
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
