import { spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import type { Staged } from '../../src/git/staged.ts';
import type { ChangedFile } from '../../src/git/tree.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import * as fc from '../support/properties.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

interface Opened {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What is staged, and what `use` makes of it while the repository is open. */
async function staged<T>(use: (staged: Staged) => Promise<T>, { cwd, env }: Opened = {}): Promise<T> {
  const opened = await openRepository({ cwd: cwd ?? repository.path, env: env ?? repository.env });
  try {
    return await use(await opened.staged());
  } finally {
    await opened.close();
  }
}

/** Since git 2.45. */
function hasReftable(): boolean {
  const { stdout } = spawnSync('git', ['version'], { encoding: 'utf8' });
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(major) > 2 || Number(minor) >= 45;
}

const stagedFiles = (opened?: Opened) => staged(async ({ files }) => files.map(summary), opened);

/** `M apps/a.yaml`, with the modes where they differ. */
function summary({ path, before, after }: ChangedFile): string {
  if (before === undefined) return `A ${path}`;
  if (after === undefined) return `D ${path}`;
  return before.mode === after.mode ? `M ${path}` : `M ${path} ${before.mode} -> ${after.mode}`;
}

const content = (path: string) =>
  staged(async ({ after }) => {
    const entry = await after.entry(path);
    return entry && (await after.read(entry)).toString();
  });

describe('staged', () => {
  it('is empty where nothing is staged', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    repository.write({ 'a.yaml': 'changed', 'new.yaml': 'n' });
    expect(await stagedFiles()).toEqual([]);
    expect(await staged(async ({ before, after }) => before.id === after.id)).toBe(true);
  });

  it('D03 compares the first commit with the empty tree', async () => {
    repository.write({ 'a/b.yaml': 'b' });
    repository.git('add', '--all');
    expect(await stagedFiles()).toEqual(['A a/b.yaml']);
    const lists = await staged(async ({ before, after }) => [await before.files(), await after.list('a')]);
    expect(lists).toEqual([[], [expect.objectContaining({ path: 'a/b.yaml' })]]);
  });

  it('D03 compares the first commit of a branch without parents', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    repository.git('checkout', '--quiet', '--orphan', 'other');
    expect(await stagedFiles()).toEqual(['A a.yaml']);
  });

  it('D03 works with sha256', async () => {
    const other = createRepository({ objectFormat: 'sha256' });
    other.write({ 'a.yaml': 'a' });
    other.git('add', '--all');
    const opened = { cwd: other.path, env: other.env };
    expect(await stagedFiles(opened)).toEqual(['A a.yaml']);
    expect(await staged(async ({ after }) => after.id, opened)).toBe(other.git('write-tree'));
    other.commit('one');
    other.write({ 'b.yaml': 'b' });
    other.git('add', '--all');
    expect(await stagedFiles(opened)).toEqual(['A b.yaml']);
    other.cleanup();
  });

  it.runIf(hasReftable())('D03 works with refs in a reftable', async () => {
    repository.git('init', '--quiet', '--ref-format=reftable', '../reftable');
    const path = join(repository.env.HOME ?? '', 'reftable');
    const opened = { cwd: path, env: repository.env };
    const git = (...args: string[]) => repository.git('-C', path, ...args);
    git('commit', '--quiet', '--allow-empty', '--message', 'one');
    git('checkout', '--quiet', '-b', 'other');
    writeFileSync(join(path, 'a.yaml'), 'a');
    git('add', '--all');
    expect(await stagedFiles(opened)).toEqual(['A a.yaml']);
    git('commit', '--quiet', '--message', 'two');
    expect(await stagedFiles(opened)).toEqual([]);
  });

  it('D02 reads the index where the file differs from it', async () => {
    repository.commit('one', { 'a.yaml': 'committed' });
    repository.write({ 'a.yaml': 'staged' });
    repository.git('add', 'a.yaml');
    repository.write({ 'a.yaml': 'not staged' });
    expect(await content('a.yaml')).toBe('staged');
  });

  it('D02 ignores what is only intended to be added', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    repository.write({ 'b.yaml': 'b' });
    repository.git('add', '--intent-to-add', 'b.yaml');
    expect(await stagedFiles()).toEqual([]);
    expect(await content('b.yaml')).toBeUndefined();
  });

  it.each(['--assume-unchanged', '--skip-worktree'])('D02 sees staged content in spite of %s', async flag => {
    repository.commit('one', { 'a.yaml': 'a' });
    repository.write({ 'a.yaml': 'b' });
    repository.git('add', 'a.yaml');
    repository.git('update-index', flag, 'a.yaml');
    expect(await stagedFiles()).toEqual(['M a.yaml']);
  });

  it('D02 sees all folders of a sparse checkout', async () => {
    repository.commit('one', { 'in/a.yaml': 'a', 'out/b.yaml': 'b' });
    repository.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in');
    repository.write({ 'in/a.yaml': 'changed' });
    repository.git('add', 'in/a.yaml');
    expect(await stagedFiles()).toEqual(['M in/a.yaml']);
    expect(await content('out/b.yaml')).toBe('b');
  });

  it('D02 refuses an index with conflicts', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    repository.branch('other');
    repository.commit('two', { 'a.yaml': 'b' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit('three', { 'a.yaml': 'c' });
    expect(() => repository.git('merge', 'other')).toThrow();
    await expect(stagedFiles()).rejects.toMatchObject({
      exitCode: 3,
      message: 'cannot read the index: a.yaml has merge conflicts',
    });
  });

  it('D05 sees every kind of change', async () => {
    repository.write({ gone: 'x', 'was-file': 'x', 'was-folder/x': 'x', mode: 'x', link: 'x', 'Case.yaml': 'x' });
    repository.commit('one');
    repository.remove('gone', 'was-file', 'was-folder', 'link', 'Case.yaml');
    repository.write({ 'was-file/x': 'x', 'was-folder': 'x', 'case.yaml': 'x' });
    chmodSync(join(repository.path, 'mode'), 0o755);
    symlinkSync('mode', join(repository.path, 'link'));
    repository.git('add', '--all');
    expect((await stagedFiles()).sort()).toEqual([
      'A case.yaml',
      'A was-file/x',
      'A was-folder',
      'D Case.yaml',
      'D gone',
      'D was-file',
      'D was-folder/x',
      'M link file -> symlink',
      'M mode file -> executable',
    ]);
    expect(await staged(async ({ after }) => after.id)).toBe(repository.git('write-tree'));
  });

  it('D05 sees a submodule that says to ignore it', async () => {
    const commit = repository.commit('one', {
      '.gitmodules': '[submodule "lib"]\n\tpath = lib\n\turl = x\n\tignore = all\n',
    });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},lib`);
    expect(await stagedFiles()).toEqual(['A lib']);
    expect(await staged(async ({ files }) => files[0]?.after?.mode)).toBe('submodule');
  });

  it('D06 keeps odd names', async () => {
    const names = [
      'a\nb',
      'a"b',
      'a\\b',
      'a\tb',
      '-rf',
      ':(glob)*',
      '\x1b[2J',
      '\u202eb',
      '$(id)',
      ' end ',
      'end.',
      'CON',
      `${`${'n'.repeat(250)}/`.repeat(15)}x`,
      'e\u0301',
      'é',
    ];
    repository.write(Object.fromEntries(names.map((name, index) => [name, `content ${index}`])));
    const latin1 = Buffer.concat([Buffer.from(`${repository.path}/`), Buffer.from('caf\xe9', 'latin1')]);
    writeFileSync(latin1, 'latin-1');
    repository.git('add', '--all');
    const all = [...names, 'caf\udce9'];
    const contents = await staged(async ({ files, after }) => {
      expect(files.map(file => file.path).sort()).toEqual([...all].sort());
      return Promise.all(
        all.map(async name => {
          const entry = await after.entry(name);
          return entry && (await after.read(entry)).toString();
        }),
      );
    });
    expect(contents).toEqual([...names.map((_, index) => `content ${index}`), 'latin-1']);
    expect(await staged(async ({ after }) => after.id)).toBe(repository.git('write-tree'));
  });

  it('D09 refuses a HEAD whose commit is gone', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    writeFileSync(join(repository.path, '.git/refs/heads/main'), `${'12'.repeat(20)}\n`);
    await expect(stagedFiles()).rejects.toMatchObject({ exitCode: 3 });
  });

  it('D09 refuses a branch whose ref is damaged', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    writeFileSync(join(repository.path, '.git/refs/heads/main'), 'garbage\n');
    await expect(stagedFiles()).rejects.toMatchObject({ exitCode: 3 });
  });

  it('D09 reads what another repository lends, and says what it no longer lends', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const path = join(repository.env.HOME ?? '', 'borrower');
    repository.git('clone', '--quiet', '--shared', repository.path, path);
    const opened = { cwd: path, env: repository.env };
    writeFileSync(join(path, 'b.yaml'), 'b');
    repository.git('-C', path, 'add', 'b.yaml');
    const whole = (read: typeof staged) =>
      read(async ({ after }) => {
        const entries = await after.files();
        return Promise.all(entries.map(async entry => (await after.read(entry)).toString()));
      }, opened);
    expect(await whole(staged)).toEqual(['a', 'b']);
    writeFileSync(join(path, '.git/objects/info/alternates'), '/nowhere\n');
    await expect(whole(staged)).rejects.toMatchObject({ exitCode: 3 });
  });

  it('D09 refuses a damaged index', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    writeFileSync(join(repository.path, '.git/index'), 'garbage');
    await expect(stagedFiles()).rejects.toMatchObject({ exitCode: 3 });
  });

  it('has the id and the files of the tree that git would write', async () => {
    const name = fc.constantFrom('a', 'b', 'a.b', 'a-b');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map(names => names.join('/'));
    const step = fc.array(fc.record({ path, content: fc.constantFrom('x', 'y') }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(step, step, async (first, second) => {
        replaceFiles(first);
        repository.commit('first');
        replaceFiles(second);
        repository.git('add', '--all');
        await staged(async ({ before, after, files }) => {
          expect(after.id).toBe(repository.git('write-tree'));
          const listed = repository.git('ls-files', '-z').split('\0').filter(Boolean);
          expect((await after.files()).map(file => file.path)).toEqual(listed.sort());
          const changed = repository.git('diff', '--cached', '--name-only', '--no-renames', '-z').split('\0');
          expect(files.map(file => file.path).sort()).toEqual(changed.filter(Boolean).sort());
          expect(before.id).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
        });
      }),
      { numRuns: 15 },
    );
  });
});

/** Makes the work tree hold these files only; of two that cannot stand together the first wins. */
function replaceFiles(files: readonly { path: string; content: string }[]): void {
  repository.git('rm', '-r', '--quiet', '--force', '--ignore-unmatch', '.');
  const taken: string[] = [];
  for (const { path, content } of files) {
    if (taken.some(other => `${other}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${other}/`))) continue;
    taken.push(path);
    repository.write({ [path]: content });
  }
}
