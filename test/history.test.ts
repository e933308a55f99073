import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRepository, type TestRepository } from './support/git-repository.ts';
import { buildProgram, type Program } from './support/program.ts';

/** As many as are judged in two threads. */
const STEPS = 200;

let program: Program;
let repository: TestRepository;

beforeAll(() => {
  program = buildProgram();
  repository = createRepository();
  const first = repository.commit('Shop', { 'kustomization.yaml': kustomization(0), 'app.yaml': APP });
  const steps = Array.from({ length: STEPS }, (_, index) => {
    const text = kustomization(index + 1);
    const header = `commit refs/heads/main\ncommitter Ada <ada@example.com> ${1_767_225_600 + index * 60} +0000\n`;
    const start = index === 0 ? `from ${first}\n` : '';
    return `${header}data 4\nStep\n${start}M 100644 inline kustomization.yaml\ndata ${text.length}\n${text}\n`;
  });
  const { path: cwd, env } = repository;
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd, env, input: steps.join('') });
});

afterAll(() => {
  repository.cleanup();
  program.cleanup();
});

const APP = `apiVersion: v1
kind: Pod
metadata: { name: app }
spec: { containers: [{ name: app, image: app }] }
`;
const kustomization = (minor: number) =>
  `resources: [app.yaml]\nimages: [{ name: app, newTag: ${minor % 7 === 0 ? 'latest' : `1.${minor}.0`} }]\n`;

function history(range: string): { readonly rules: unknown; readonly commits: readonly unknown[] } {
  const { path: cwd, env } = repository;
  const args = [program.path, 'history', range, '--format', 'json'];
  return JSON.parse(
    execFileSync('node', args, { cwd, env: { ...env, HOME: dirname(program.path) }, encoding: 'utf8' }),
  );
}

it('is the same in two threads as in parts of one', () => {
  const whole = history(`main~${STEPS}..main`);
  const parts = [history(`main~${STEPS}..main~90`), history('main~90..main')];
  expect(whole.commits).toHaveLength(STEPS);
  expect(whole.commits).toEqual(parts.flatMap(({ commits }) => commits));
  expect(whole.rules).not.toEqual([]);
});
