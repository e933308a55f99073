import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FILE_SIZE } from '../../src/git/object-tree.ts';
import { openRepository } from '../../src/git/repository.ts';
import { ContentError, type Tree, type TreeEntry } from '../../src/git/tree.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

/** What `use` makes of HEAD's tree. */
async function inTree<T>(use: (tree: Tree) => Promise<T>): Promise<T> {
  const opened = await openRepository({ cwd: repository.path, env: repository.env });
  try {
    return await use(opened.tree(await opened.commit('HEAD')));
  } finally {
    await opened.close();
  }
}

function link(path: string, target: string): void {
  const file = join(repository.path, path);
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(target, file);
}

describe('entry', () => {
  it('gives files, folders and the root', async () => {
    repository.commit('one', { 'a/b.yaml': 'b' });
    const modes = await inTree(tree => Promise.all(['', 'a', 'a/b.yaml', 'a/', './a//b.yaml'].map(tree.entry)));
    expect(modes.map(entry => entry && [entry.path, entry.mode])).toEqual([
      ['', 'directory'],
      ['a', 'directory'],
      ['a/b.yaml', 'file'],
      ['a', 'directory'],
      ['a/b.yaml', 'file'],
    ]);
  });

  it.each(['x', 'a/x', 'a/b.yaml/c', 'a.yaml/..', '__proto__', 'a/constructor'])('gives nothing at %s', async path => {
    repository.commit('one', { 'a/b.yaml': 'b', 'a.yaml': 'a' });
    expect(await inTree(tree => tree.entry(path))).toBeUndefined();
  });

  it('B03 does not leave the root', async () => {
    repository.commit('one', { 'a/b.yaml': 'b' });
    const found = await inTree(tree => Promise.all(['..', '../a', 'a/../..', 'a/../a/b.yaml'].map(tree.entry)));
    expect(found.map(entry => entry?.path)).toEqual([undefined, undefined, undefined, 'a/b.yaml']);
  });

  describe('B04 follows a link', () => {
    beforeEach(() => repository.write({ 'base/k.yaml': 'k', 'outside.yaml': 'o' }));

    it.each([
      ['to a file', 'apps/l', '../base/k.yaml', 'apps/l', 'base/k.yaml'],
      ['to a folder', 'apps/l', '../base', 'apps/l/k.yaml', 'base/k.yaml'],
      ['to a folder, with a slash', 'apps/l', '../base/', 'apps/l', 'base'],
      ['to its own folder', 'base/l', '.', 'base/l/l/k.yaml', 'base/k.yaml'],
      ['and then goes up from where it leads', 'l', 'base', 'l/../outside.yaml', 'outside.yaml'],
    ])('%s', async (_, path, target, asked, found) => {
      link(path, target);
      repository.commit('one');
      expect((await inTree(tree => tree.entry(asked)))?.path).toBe(found);
    });

    it('through a chain', async () => {
      link('one', 'two');
      link('two', 'three/k.yaml');
      link('three', 'base');
      repository.commit('one');
      expect((await inTree(tree => tree.entry('one')))?.path).toBe('base/k.yaml');
    });

    it.each([
      ['out of the tree', '../../etc/passwd'],
      ['to an absolute path', '/etc/passwd'],
      ['to nothing', 'gone.yaml'],
      ['to itself', 'l'],
      ['through a file', 'outside.yaml/x'],
      ['into .git', '.git/config'],
      ['into .git by another spelling', '.GIT/config'],
      ['by a target of 5 kB', `${'./'.repeat(2500)}outside.yaml`, 'blob'],
      ['by a target with NUL', 'outside.yaml\0', 'blob'],
      ['by an empty target', '', 'blob'],
    ])('but not %s', async (_, target, as?: string) => {
      if (as === undefined) {
        link('l', target);
        repository.commit('one');
      } else {
        writeFileSync(join(repository.path, 'target'), target);
        const oid = repository.git('hash-object', '-w', 'target');
        repository.git('update-index', '--add', '--cacheinfo', `120000,${oid},l`);
        repository.git('commit', '--quiet', '--message', 'one');
      }
      expect(await inTree(tree => tree.entry('l'))).toBeUndefined();
    });

    it('but not two that lead to each other', async () => {
      link('a', 'b');
      link('b', 'a');
      repository.commit('one');
      expect(await inTree(tree => tree.entry('a/x'))).toBeUndefined();
    });

    it('and 40 of them, but not 41', async () => {
      for (let index = 1; index <= 41; index++) link(`l${index}`, index === 1 ? 'base' : `l${index - 1}`);
      repository.commit('one');
      const found = await inTree(tree => Promise.all(['l40', 'l41'].map(tree.entry)));
      expect(found.map(entry => entry?.path)).toEqual(['base', undefined]);
    });
  });

  it.each(['.git', '.GIT', '.g\u200cit', 'git~1', '.git.'])('B05 refuses %j', async name => {
    // git add refuses such names; a hostile commit has them all the same.
    repository.write({ a: 'a' });
    const input = `100644 blob ${repository.git('hash-object', '-w', 'a')}\t${name}\0`;
    const run = { cwd: repository.path, env: repository.env, input, encoding: 'utf8' } as const;
    const tree = execFileSync('git', ['mktree', '-z'], run).trim();
    repository.git('reset', '--quiet', '--soft', repository.git('commit-tree', '-m', 'one', tree));
    const [found, folder] = await inTree(async hostile => [await hostile.entry(name), await hostile.list('')]);
    expect(folder).toEqual([expect.objectContaining({ path: name })]);
    expect(found).toBeUndefined();
  });

  it('gives submodules and nothing below', async () => {
    const commit = repository.commit('one', { 'a.yaml': 'a' });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},lib`);
    repository.git('commit', '--quiet', '--message', 'two');
    const [lib, below] = await inTree(tree => Promise.all(['lib', 'lib/x'].map(tree.entry)));
    expect([lib?.mode, below]).toEqual(['submodule', undefined]);
  });
});

describe('list', () => {
  it('gives the entries by name, links not followed', async () => {
    repository.write({ 'a/z.yaml': 'z', 'a/b/c.yaml': 'c', 'a/b.yaml': 'b' });
    link('a/l', 'b');
    link('l', 'a');
    repository.commit('one');
    const [direct, linked, file, gone] = await inTree(tree => Promise.all(['a', 'l', 'a/z.yaml', 'x'].map(tree.list)));
    expect(direct?.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      'directory a/b',
      'file a/b.yaml',
      'symlink a/l',
      'file a/z.yaml',
    ]);
    expect([linked, file, gone]).toEqual([direct, undefined, undefined]);
  });

  it('gives the root', async () => {
    repository.commit('one', { 'b.yaml': 'b', 'a/c.yaml': 'c' });
    expect((await inTree(tree => tree.list('')))?.map(entry => entry.path)).toEqual(['a', 'b.yaml']);
  });
});

describe('files', () => {
  it('gives every file by path', async () => {
    repository.write({ 'a.yaml': 'a', 'a/b.yaml': 'b', 'a-b/c.yaml': 'c' });
    link('l', 'a');
    repository.commit('one');
    const files = await inTree(tree => tree.files());
    expect(files.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      'file a-b/c.yaml',
      'file a.yaml',
      'file a/b.yaml',
      'symlink l',
    ]);
  });

  it('agrees with what the folders hold', async () => {
    repository.commit('one', { 'a/b.yaml': 'b', 'a/c/d.yaml': 'd', 'e.yaml': 'e' });
    const walk = async (tree: Tree, folder: string): Promise<TreeEntry[]> => {
      const entries = (await tree.list(folder)) ?? [];
      const below = entries.map(async entry => (entry.mode === 'directory' ? walk(tree, entry.path) : [entry]));
      return (await Promise.all(below)).flat();
    };
    const walked = await inTree(tree => walk(tree, ''));
    expect(await inTree(tree => tree.files())).toEqual(walked);
    const afterListing = await inTree(async tree => [await tree.files(), await walk(tree, '')]);
    expect(afterListing[1]).toEqual(walked);
  });
});

describe('read', () => {
  const read = (path: string) =>
    inTree(async tree => {
      const entry = await tree.entry(path);
      if (entry === undefined) throw new Error(`${path} is not in the tree`);
      return tree.read(entry);
    });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['binary', Buffer.of(0, 0xff, 10, 13)],
    ['as large as is read', Buffer.alloc(MAX_FILE_SIZE, 'x')],
  ])('gives a file that is %s', async (_, content) => {
    repository.commit('one', { file: content });
    expect((await read('file')).equals(content)).toBe(true);
  });

  it('A08 refuses a larger file and goes on', async () => {
    const size = MAX_FILE_SIZE + 1;
    repository.commit('one', { large: Buffer.alloc(size, 'x'), small: 'small' });
    await inTree(async tree => {
      const [large, small] = await Promise.all(['large', 'small'].map(tree.entry));
      if (large === undefined || small === undefined) throw new Error('not in the tree');
      const [refused, content] = await Promise.allSettled([tree.read(large), tree.read(small)]);
      expect(refused).toMatchObject({ reason: { code: 'file-too-large', path: 'large' } });
      expect(refused).toMatchObject({
        reason: { message: `large has ${size} bytes, more than the ${MAX_FILE_SIZE} that are read` },
      });
      expect(content).toMatchObject({ value: Buffer.from('small') });
    });
  });

  it('D09 says that a Git LFS pointer is no content', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
    repository.commit('one', { 'values.yaml': pointer });
    await expect(read('values.yaml')).rejects.toMatchObject({
      code: 'content-not-available',
      message: 'values.yaml is a Git LFS pointer: its content is not in git',
    });
  });

  it('says that a submodule has its content elsewhere', async () => {
    const commit = repository.commit('one', { 'a.yaml': 'a' });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},lib`);
    repository.git('commit', '--quiet', '--message', 'two');
    await expect(read('lib')).rejects.toBeInstanceOf(ContentError);
  });

  it('D09 says that a lost object is not there', async () => {
    repository.commit('one', { 'a.yaml': 'a', 'b.yaml': 'b' });
    const oid = repository.git('rev-parse', 'HEAD:a.yaml');
    unlinkSync(join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    await expect(read('a.yaml')).rejects.toMatchObject({
      code: 'content-not-available',
      message: 'a.yaml is not in this clone: the clone is partial or damaged',
    });
    expect((await read('b.yaml')).toString()).toBe('b');
  });

  it('D08 answers thousands of requests at once', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `f${index}`);
    repository.commit('one', Object.fromEntries(names.map(name => [name, `content of ${name}`])));
    const contents = await inTree(async tree => {
      const files = await tree.files();
      return Promise.all(files.map(async file => [file.path, (await tree.read(file)).toString()]));
    });
    expect(contents).toEqual(names.sort().map(name => [name, `content of ${name}`]));
  });
});
