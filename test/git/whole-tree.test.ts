import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import type { Tree } from '../../src/git/tree.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

const WORDS = [Buffer.from('argoproj.io'), Buffer.from([0xff, 0xfe]), Buffer.from('a*b')];

async function found(folder = '.', of: 'HEAD' | 'staged' = 'HEAD'): Promise<string[] | undefined> {
  const opened = await openRepository({ cwd: join(repository.path, folder), env: repository.env });
  try {
    const tree: Tree = of === 'HEAD' ? opened.tree(await opened.commit('HEAD')) : (await opened.staged()).after;
    const paths = await tree.filesWith(WORDS);
    return paths && [...paths].sort();
  } finally {
    await opened.close();
  }
}

describe('filesWith', () => {
  it('finds texts and bytes as they are, by any name, in text and in what git takes for binary', async () => {
    repository.commit('one', {
      'apps/a.yaml': 'kind: Application\napiVersion: argoproj.io/v1alpha1\n',
      'apps/wide.yaml': Buffer.from([0xff, 0xfe, 0x61, 0x00]),
      'zero.json': Buffer.from('\0argoproj.io'),
      'odd "name\ttab:ü.yaml': 'argoproj.io',
      'star.yaml': 'a*b',
      'none.yaml': 'aab argoproj',
    });
    expect(await found()).toEqual(['apps/a.yaml', 'apps/wide.yaml', 'odd "name\ttab:ü.yaml', 'star.yaml', 'zero.json']);
  });

  it('searches the whole tree from a folder of it, whatever the settings say', async () => {
    repository.commit('one', { 'a.yaml': 'argoproj.io', 'b/c.yaml': 'argoproj.io' });
    for (const setting of [
      'color.grep=always',
      'grep.fullName=false',
      'submodule.recurse=true',
      'grep.patternType=perl',
    ])
      repository.git('config', ...setting.split('='));
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},lib`);
    repository.git('commit', '--quiet', '--message', 'two');
    expect(await found('b')).toEqual(['a.yaml', 'b/c.yaml']);
  });

  it('finds nothing', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    expect(await found()).toEqual([]);
  });

  it('names what is staged besides, which git has in no tree', async () => {
    repository.commit('one', { 'a.yaml': 'argoproj.io', 'b.yaml': 'b' });
    repository.write({ 'b.yaml': 'argoproj.io' });
    repository.git('add', '--all');
    expect(await found('.', 'staged')).toEqual(['a.yaml', 'b.yaml']);
  });

  it('D09 is not known where an object is lost', async () => {
    repository.commit('one', { 'a.yaml': 'argoproj.io', 'b.yaml': 'argoproj.io b' });
    const oid = repository.git('rev-parse', 'HEAD:a.yaml');
    unlinkSync(join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    expect(await found()).toBeUndefined();
  });
});
