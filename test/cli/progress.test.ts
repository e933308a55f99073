import { expect, it } from 'vitest';
import { progressOn } from '../../src/cli/progress.ts';
import { createRepository } from '../support/git-repository.ts';
import { NO_INPUT, runMain } from '../support/io.ts';

/** What is written to a terminal while the work goes on, with the moments at which each unit begins, in milliseconds. */
function written(moments: readonly number[], { isTTY = true, quiet = false } = {}): string[] {
  const lines: string[] = [];
  let moment = 0;
  const io = {
    ...NO_INPUT,
    stdout: { write: () => true },
    stderr: { write: (text: string) => lines.push(text), isTTY },
    now: () => new Date(moment),
    cwd: '/',
    env: {},
    home: '.',
    isTTY,
  };
  const progress = progressOn(io, quiet);
  for (const [i, at] of moments.entries()) {
    moment = at;
    progress.show(i, moments.length, 'units');
  }
  progress.clear();
  return lines;
}

const CLEAR = '\r\u001b[K';

it('says how far long work is, not too often, and takes it back', () => {
  expect(written([0, 1200, 1250, 1400])).toEqual([`${CLEAR}1 of 4 units`, `${CLEAR}3 of 4 units`, CLEAR]);
});

it('says nothing of work that is soon done', () => {
  expect(written([0, 300, 900])).toEqual([]);
});

it.each([{ isTTY: false }, { quiet: true }])('says nothing with %j', options => {
  expect(written([0, 2000, 4000], options)).toEqual([]);
});

it.each([
  [['--all'], ['1 of 2 files', '2 of 2 files', '0 of 1 units']],
  [
    ['--commit', 'HEAD'],
    ['1 of 1 files', '0 of 1 units'],
  ],
  [
    ['explain', 'app/app.yaml'],
    ['1 of 2 files', '2 of 2 files'],
  ],
])('says of %j how far reading and comparing are', async (argv, expected) => {
  const repository = createRepository();
  repository.commit('Begin', { 'app/kustomization.yaml': 'resources: [app.yaml]\n' });
  repository.commit('Add', { 'app/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
  const lines: string[] = [];
  let moment = 0;
  const { path: cwd, env } = repository;
  const stderr = { write: (text: string) => lines.push(text), isTTY: true };
  const now = () => {
    moment += 2000;
    return new Date(moment);
  };
  await runMain(argv, { cwd, env, home: '.', stderr, now });
  expect(lines).toEqual([...expected.map(text => `${CLEAR}${text}`), CLEAR]);
  repository.cleanup();
});
