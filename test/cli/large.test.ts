import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

const HOME = new URL('../..', import.meta.url).pathname;

function feed(input: string, ...args: string[]): string {
  const options = { cwd: repository.path, env: repository.env, input, encoding: 'utf8' } as const;
  return execFileSync('git', args, options).trim();
}

/** Puts the same content into the index at each of these paths; no file of the work tree is written. */
function stage(paths: readonly string[], content: string): void {
  const oid = feed(content, 'hash-object', '-w', '--stdin');
  feed(paths.map(path => `100644 ${oid}\t${path}\n`).join(''), 'update-index', '--index-info');
}

const numbered = (count: number, nameOf: (i: number) => string) => Array.from({ length: count }, (_, i) => nameOf(i));

it('D08 judges 10,000 changed files in an index of 100,000, and passes over none', async () => {
  const notes = numbered(99_700, i => `notes/${Math.floor(i / 500)}/${i}.md`);
  const manifests = numbered(300, i => `apps/settings-${i}.yaml`);
  const named = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
  stage(notes, 'A note.\n');
  stage(manifests, named('one'));
  // `git commit` would look for all these files in the work tree.
  const commit = repository.git('commit-tree', '-m', 'Begin', repository.git('write-tree'));
  repository.git('update-ref', 'HEAD', commit);
  stage(notes.slice(0, 9_700), 'Another note.\n');
  stage(manifests, named('two'));

  const world = { cwd: repository.path, home: HOME, env: repository.env };
  const { stdout, stderr, exitCode } = await runMain(['--format', 'json'], world);
  const { files, units, incomplete } = JSON.parse(stdout);
  expect([exitCode, stderr, incomplete]).toEqual([0, '', []]);
  expect([files.seen.length, files.analysed.length, files.skipped.length]).toEqual([10_000, 300, 9_700]);
  expect(units).toMatchObject([{ key: 'manifests:apps', objects: { before: 300, after: 300 } }]);
});
