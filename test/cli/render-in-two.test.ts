import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { buildProgram, type Program } from '../support/program.ts';

/** As many as are rendered in two threads. */
const FOLDERS = 400;

let program: Program;
let repository: TestRepository;

beforeAll(() => {
  program = buildProgram();
  repository = createRepository();
  const files = Array.from({ length: FOLDERS }, (_, i): [string, string][] => [
    [`-${i}/kustomization.yaml`, `resources: [app.yaml${i === FOLDERS - 1 ? ', gone.yaml' : ''}]\n`],
    [`-${i}/app.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app-${i} }\n`],
  ]);
  repository.commit('Add', Object.fromEntries(files.flat()));
});

afterAll(() => {
  repository.cleanup();
  program.cleanup();
});

function render(from: number, to: number) {
  const names = Array.from({ length: to - from }, (_, i) => `-${from + i}`);
  const env = { ...repository.env, HOME: dirname(program.path) };
  const args = [program.path, 'render', '--rev', 'HEAD', '--origins', '--', ...names];
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: repository.path, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('prints in two threads what it prints in parts of one', () => {
  const parts = [render(0, 150), render(150, FOLDERS)];
  expect(render(0, FOLDERS)).toEqual({
    status: 1,
    stdout: parts.map(({ stdout }) => stdout).join(''),
    stderr: parts.map(({ stderr }) => stderr).join(''),
  });
  expect(parts.map(({ status }) => status)).toEqual([0, 1]);
});
