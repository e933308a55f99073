import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import type { ChangedFile } from '../../src/git/tree.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import * as fc from '../support/properties.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

/** What differs between two commits; undefined for the empty tree. */
async function diff(before: string | undefined, after: string): Promise<ChangedFile[]> {
  const opened = await openRepository({ cwd: repository.path, env: repository.env });
  try {
    const from = before === undefined ? undefined : (await opened.commit(before)).tree;
    return await opened.diff(from, (await opened.commit(after)).tree);
  } finally {
    await opened.close();
  }
}

const DIGITS = { file: '100644', executable: '100755', symlink: '120000', submodule: '160000', directory: '040000' };

/** The changes as git prints them with --raw, without its letter. */
function raw(changes: readonly ChangedFile[]): string[] {
  const none = '0'.repeat(40);
  return changes.map(({ path, before, after }) => {
    const modes = [before, after].map(entry => (entry === undefined ? '000000' : DIGITS[entry.mode]));
    return `:${modes.join(' ')} ${before?.oid ?? none} ${after?.oid ?? none} ${path}`;
  });
}

/** What git itself says. */
function oracle(before: string, after: string): string[] {
  const output = repository.git('diff-tree', '-r', '--raw', '-z', '--no-renames', '--no-abbrev', before, after);
  const fields = output.split('\0').filter(Boolean);
  const lines = fields.flatMap((field, index) => (index % 2 === 0 ? [[field.slice(0, -2), fields[index + 1]]] : []));
  return lines.sort((a, b) => ((a[1] ?? '') < (b[1] ?? '') ? -1 : 1)).map(line => line.join(' '));
}

describe('diff', () => {
  it('compares the first commit with the empty tree', async () => {
    const first = repository.commit('one', { 'a/b.yaml': 'b', 'c.yaml': 'c' });
    const changes = await diff(undefined, first);
    expect(changes.map(({ path, before, after }) => [path, before, after?.mode])).toEqual([
      ['a/b.yaml', undefined, 'file'],
      ['c.yaml', undefined, 'file'],
    ]);
  });

  it('finds nothing between equal trees', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const second = repository.commit('two');
    expect(await diff('HEAD~1', second)).toEqual([]);
  });

  it('D05 keeps types, modes, links and submodules as git does', async () => {
    repository.write({
      gone: 'x',
      'was-file': 'x',
      'was-folder/x': 'x',
      mode: 'x',
      link: 'x',
      'Case.yaml': 'x',
      moved: 'm',
    });
    const first = repository.commit('one');
    repository.remove('gone', 'was-file', 'was-folder', 'link', 'Case.yaml', 'moved');
    repository.write({ 'was-file/x': 'x', 'was-folder': 'x', 'case.yaml': 'x', 'to/moved': 'm' });
    chmodSync(join(repository.path, 'mode'), 0o755);
    symlinkSync('mode', join(repository.path, 'link'));
    repository.git('add', '--all');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${first},lib`);
    repository.git('commit', '--quiet', '--message', 'two');
    const changes = raw(await diff(first, 'HEAD'));
    expect(changes).toHaveLength(12);
    expect(changes).toEqual(oracle(first, 'HEAD'));
  });

  it('D04 finds what a merge commit changed by itself', async () => {
    repository.commit('base', { 'a.yaml': 'a', 'b.yaml': 'b', 'c.yaml': 'c' });
    repository.branch('other');
    repository.commit('other', { 'b.yaml': 'b2' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit('main', { 'a.yaml': 'a2' });
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'other');
    repository.commit('evil merge', { 'c.yaml': 'evil' });
    const paths = async (parent: string) => (await diff(parent, 'HEAD')).map(file => file.path);
    expect(await paths('HEAD^1')).toEqual(['b.yaml', 'c.yaml']);
    expect(await paths('HEAD^2')).toEqual(['a.yaml', 'c.yaml']);
  });

  it('D05 agrees with git on any two trees', async () => {
    const name = fc.constantFrom('a', 'b', 'a.b', 'a-b', 'é');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map(names => names.join('/'));
    const tree = fc.uniqueArray(fc.tuple(path, fc.constantFrom('x', 'y')), {
      maxLength: 6,
      selector: ([file]) => file.split('/')[0],
    });
    await fc.assert(
      fc.asyncProperty(tree, tree, async (first, second) => {
        const commits = [first, second].map(files => {
          repository.git('rm', '-r', '--quiet', '--force', '--ignore-unmatch', '.');
          return repository.commit('x', Object.fromEntries(files));
        });
        const [before = '', after = ''] = commits;
        expect(raw(await diff(before, after))).toEqual(oracle(before, after));
      }),
      { numRuns: 15 },
    );
  });
});
