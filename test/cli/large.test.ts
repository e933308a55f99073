import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { buildProgram, type Program } from '../support/program.ts';

let program: Program;
let repository: TestRepository;
beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.cleanup());
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

const MEBIBYTE = 1024 * 1024;

/** Runs the program on what is staged, and tells how much memory it had at most, in bytes. */
function judge() {
  const { HOME = '' } = repository.env;
  const [measure, memory] = [join(HOME, 'measure.cjs'), join(HOME, 'memory')];
  const most = 'String(process.resourceUsage().maxRSS)';
  const write = `require('node:fs').writeFileSync(${JSON.stringify(memory)}, ${most})`;
  writeFileSync(measure, `process.on('exit', () => ${write});`);
  const args = ['--require', measure, program.path, '--format', 'json'];
  const options = { cwd: repository.path, env: repository.env, encoding: 'utf8', maxBuffer: 64 * MEBIBYTE } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, args, options);
  return { report: JSON.parse(stdout), stderr, status, memory: Number(readFileSync(memory, 'utf8')) * 1024 };
}

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

describe('D08', () => {
  it('judges 10,000 changed files in an index of 100,000 within 512 MiB, and passes over none', () => {
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

    const { report, stderr, status, memory } = judge();
    const { files, units, incomplete } = report;
    expect([status, stderr, incomplete]).toEqual([0, '', []]);
    expect([files.seen.length, files.analysed.length, files.skipped.length]).toEqual([10_000, 300, 9_700]);
    expect(units).toMatchObject([{ key: 'manifests:apps', objects: { before: 300, after: 300 } }]);
    expect(memory).toBeLessThan(512 * MEBIBYTE);
  });

  it('needs no memory for a file that is too large to be read, and says that it is not', () => {
    repository.commit('Begin', { 'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' });
    repository.write({ 'apps/dump.yaml': '# none\n', 'backup.bin': 'none' });
    repository.git('add', '--all');
    const small = judge();
    for (const file of ['apps/dump.yaml', 'backup.bin']) truncateSync(join(repository.path, file), 100 * MEBIBYTE);
    repository.git('add', '--all');
    const large = judge();
    expect([small.status, large.status]).toEqual([0, 3]);
    expect(large.report.incomplete).toMatchObject([
      { what: expect.stringContaining('apps/dump.yaml has 104857600 bytes') },
    ]);
    expect(large.memory - small.memory).toBeLessThan(50 * MEBIBYTE);
  });
});
