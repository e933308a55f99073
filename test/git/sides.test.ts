import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { revertedCommit } from '../../src/git/revert.ts';
import { type Sides, sidesOf } from '../../src/git/sides.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

/** What `use` makes of the repository. */
async function inRepository<T>(use: (opened: Repository) => Promise<T>, cwd = repository.path): Promise<T> {
  const opened = await openRepository({ cwd, env: repository.env });
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

function shallowClone(depth: number): string {
  const path = join(repository.env.HOME ?? '', 'shallow');
  repository.git('clone', '--quiet', `--depth=${depth}`, `file://${repository.path}`, path);
  return path;
}

const paths = ({ files }: Sides) => files.map(file => file.path);

describe('sidesOf a commit', () => {
  const sides = (rev: string, cwd?: string) => inRepository(opened => sidesOf(opened, { kind: 'commit', rev }), cwd);

  it('compares the first commit with nothing', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const { sides: whole, parts } = await sides('HEAD');
    expect([paths(whole), parts]).toEqual([['a.yaml'], []]);
    expect(await whole.before.files()).toEqual([]);
  });

  it('D04 compares an octopus merge with each parent', async () => {
    repository.commit('base', { 'a.yaml': 'a', 'b.yaml': 'b' });
    repository.branch('one');
    repository.commit('one', { 'a.yaml': 'a1' });
    repository.branch('two', 'main');
    repository.commit('two', { 'b.yaml': 'b2' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit('main', { 'c.yaml': 'c' });
    repository.merge('one', 'two');
    const { sides: whole, parts } = await sides('HEAD');
    expect([whole, ...parts].map(paths)).toEqual([
      ['a.yaml', 'b.yaml'],
      ['b.yaml', 'c.yaml'],
      ['a.yaml', 'c.yaml'],
    ]);
  });

  it('D04 finds what an octopus merge changed by itself', async () => {
    repository.commit('base', { 'a.yaml': 'a' });
    for (const name of ['one', 'two']) {
      repository.branch(name, 'main');
      repository.commit(name, { [`${name}.yaml`]: name });
    }
    repository.git('checkout', '--quiet', 'main');
    repository.commit('main', { 'main.yaml': 'm' });
    repository.merge('one', 'two');
    repository.write({ 'a.yaml': 'evil' });
    repository.git('commit', '--quiet', '--amend', '--all', '--no-edit');
    const { sides: whole, parts } = await sides('HEAD');
    expect([whole, ...parts].map(side => paths(side).includes('a.yaml'))).toEqual([true, true, true]);
  });

  it('D07 refuses the last commit of a shallow clone instead of taking its whole tree for new', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    repository.commit('two', { 'b.yaml': 'b' });
    await expect(sides('HEAD', shallowClone(1))).rejects.toMatchObject({
      exitCode: 3,
      hint: expect.stringContaining('git fetch --unshallow'),
    });
  });
});

describe('sidesOf a range', () => {
  it('compares with the commit where the two parted', async () => {
    repository.commit('base', { 'a.yaml': 'a' });
    repository.branch('topic');
    repository.commit('one', { 'b.yaml': 'b' });
    repository.commit('two', { 'c.yaml': 'c' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit('main', { 'a.yaml': 'a2' });
    const range = { kind: 'range', from: 'main', to: 'topic' } as const;
    const { sides, parts } = await inRepository(opened => sidesOf(opened, range));
    expect([paths(sides), ...parts.map(paths)]).toEqual([['b.yaml', 'c.yaml'], ['b.yaml'], ['c.yaml']]);
  });
});

describe('revertedCommit', () => {
  const reverted = (cwd?: string) =>
    inRepository(async opened => {
      const { sides } = await sidesOf(opened, { kind: 'commit', rev: 'HEAD' });
      return (await revertedCommit(opened, sides))?.subject;
    }, cwd);

  beforeEach(() => {
    repository.commit('base', { 'a.yaml': 'a', 'b.yaml': 'b' });
    repository.commit('bump', { 'a.yaml': 'a2', 'new.yaml': 'n' });
  });

  it('finds the commit that git revert undid', async () => {
    repository.git('revert', '--no-edit', 'HEAD');
    expect(await reverted()).toBe('bump');
  });

  it.each(['Rollback', '[App: shop] Roll back to 1.2', 'Revert "bump" (#12)'])(
    'finds it by its content for "%s"',
    async subject => {
      repository.commit('something else', { 'b.yaml': 'b2' });
      repository.git('revert', '--no-commit', 'HEAD~1');
      repository.git('commit', '--quiet', '--message', subject);
      expect(await reverted()).toBe('bump');
    },
  );

  it('finds the one that is named by a short id, as git revert --reference does', async () => {
    const name = repository.git('rev-parse', '--short', 'HEAD').trim();
    repository.git('revert', '--no-commit', 'HEAD');
    repository.git('commit', '--quiet', '--message', `Undo\n\nThis reverts commit ${name} (bump, 2026-03-16).`);
    expect(await reverted()).toBe('bump');
  });

  it('looks for none where the subject does not say so', async () => {
    repository.git('revert', '--no-commit', 'HEAD');
    repository.git('commit', '--quiet', '--message', 'Bump');
    expect(await reverted()).toBeUndefined();
  });

  it('takes no revert that was edited for one', async () => {
    repository.git('revert', '--no-edit', 'HEAD');
    repository.write({ 'b.yaml': 'smuggled' });
    repository.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    expect(await reverted()).toBeUndefined();
  });

  it('takes no revert for one that also made the file a program', async () => {
    repository.git('revert', '--no-edit', 'HEAD');
    repository.git('update-index', '--chmod=+x', 'a.yaml');
    repository.git('commit', '--quiet', '--amend', '--no-edit');
    expect(await reverted()).toBeUndefined();
  });

  it.each(['12'.repeat(20), 'HEAD'])('believes no message that names %s', async name => {
    repository.commit(`x\n\nThis reverts commit ${name}.`, { 'a.yaml': 'a' });
    expect(await reverted()).toBeUndefined();
  });

  it('D07 proves nothing where a shallow clone lacks what it undid', async () => {
    repository.git('revert', '--no-edit', 'HEAD');
    expect(await reverted(shallowClone(2))).toBeUndefined();
  });
});
