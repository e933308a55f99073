import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository, type Repository } from '../../src/git/repository.ts';
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

/** A clone with `depth` commits of each branch; its path. */
function shallowClone(depth: number): string {
  const path = join(repository.env.HOME ?? '', 'shallow');
  const url = `file://${repository.path}`;
  repository.git('clone', '--quiet', '--no-single-branch', `--depth=${depth}`, url, path);
  return path;
}

const HOW_TO_FETCH = 'In GitHub Actions: actions/checkout with fetch-depth: 0.  Here: git fetch --unshallow.';

describe('commit', () => {
  it('reads what a revision names', async () => {
    const first = repository.commit('one');
    const second = repository.commit('Bump image\n\nBecause.', { 'a.yaml': 'a' });
    repository.git('tag', '--annotate', '--message', 'x', 'v1');
    const names = ['HEAD', 'main', second, second.slice(0, 8), 'v1', 'HEAD@{0}', ':/Bump image'];
    const commits = await inRepository(opened => Promise.all(names.map(opened.commit)));
    const expected = {
      oid: second,
      tree: repository.git('rev-parse', 'HEAD^{tree}'),
      parents: [first],
      subject: 'Bump image',
      body: 'Because.',
      date: '2026-01-01T00:01:00.000Z',
    };
    expect(commits).toEqual(names.map(() => expected));
  });

  it.each(['gone', 'HEAD~5', '--all', '-n1', 'main..main', '^main', 'HEAD:a.yaml', 'a\nHEAD', 'HEAD\0', '', 'abcdef0'])(
    'D07 refuses %j as unknown',
    async revision => {
      repository.commit('one', { 'a.yaml': 'a' });
      await expect(inRepository(opened => opened.commit(revision))).rejects.toMatchObject({
        exitCode: 2,
        message: expect.stringMatching(/^unknown revision [^\n]*$/),
        hint: undefined,
      });
    },
  );

  it('names what was asked without its control characters', async () => {
    await expect(inRepository(opened => opened.commit('a\x1b[2J'))).rejects.toMatchObject({
      message: 'unknown revision "a\\033[2J"',
    });
  });

  it('D07 says that a commit with a known id is not here', async () => {
    repository.commit('one');
    const oid = '12'.repeat(20);
    await expect(inRepository(opened => opened.commit(oid))).rejects.toMatchObject({
      exitCode: 3,
      message: `commit ${oid} is not in this clone`,
    });
  });

  it('D07 refuses the parent that a shallow clone lacks, and never takes it for none', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const second = repository.commit('two', { 'b.yaml': 'b' });
    repository.commit('three', { 'c.yaml': 'c' });
    const clone = shallowClone(1);
    const parent = await inRepository(async opened => (await opened.commit('HEAD')).parents[0] ?? '', clone);
    expect(parent).toBe(second);
    await expect(inRepository(opened => opened.commit(parent), clone)).rejects.toMatchObject({
      exitCode: 3,
      message: `commit ${second} is not in this clone`,
      hint: `This clone is shallow. ${HOW_TO_FETCH}`,
    });
  });

  it('D09 reads the commit itself where a replacement or a graft stands in', async () => {
    const first = repository.commit('one');
    const second = repository.commit('two');
    repository.git('replace', second, first);
    writeFileSync(join(repository.path, '.git/info/grafts'), `${second}\n`);
    const commit = await inRepository(opened => opened.commit(second));
    expect(commit).toMatchObject({ subject: 'two', parents: [first] });
    expect(await inRepository(opened => opened.mergeBase(first, second))).toBe(first);
  });
});

describe('mergeBase', () => {
  beforeEach(() => {
    repository.commit('base');
    repository.branch('other');
    repository.commit('other');
    repository.git('checkout', '--quiet', 'main');
    repository.commit('main');
  });

  it('is the commit where two branches parted', async () => {
    expect(await inRepository(opened => opened.mergeBase('other', 'main'))).toBe(repository.git('rev-parse', 'main~1'));
  });

  it('D07 is one of two in a criss-cross history, always the same', async () => {
    repository.branch('main2');
    repository.merge('other');
    repository.git('checkout', '--quiet', 'other');
    repository.merge('main');
    const bases = repository.git('merge-base', '--all', 'main2', 'other').split('\n');
    expect(bases).toHaveLength(2);
    expect(await inRepository(opened => opened.mergeBase('main2', 'other'))).toBe(bases[0]);
  });

  it('D07 says that a shallow clone lacks it', async () => {
    repository.commit('main 2');
    const path = shallowClone(1);
    await expect(inRepository(opened => opened.mergeBase('origin/other', 'HEAD'), path)).rejects.toMatchObject({
      exitCode: 3,
      message: 'cannot compare with origin/other: this clone is shallow and lacks the merge base',
      hint: HOW_TO_FETCH,
    });
  });

  it('D07 says that two histories have nothing in common', async () => {
    repository.git('checkout', '--quiet', '--orphan', 'apart');
    repository.commit('apart');
    await expect(inRepository(opened => opened.mergeBase('main', 'apart'))).rejects.toMatchObject({
      exitCode: 3,
      message: 'cannot compare with main: it has no commit in common with apart',
      hint: undefined,
    });
  });

  it('D07 refuses an unknown branch', async () => {
    await expect(inRepository(opened => opened.mergeBase('origin/main', 'main'))).rejects.toMatchObject({
      exitCode: 2,
      message: 'unknown revision origin/main',
    });
  });
});

describe('commits', () => {
  const subjects = (from: string, to: string) =>
    inRepository(async opened => (await opened.commits(from, to)).map(commit => commit.subject));

  it('gives the oldest first', async () => {
    for (const subject of ['one', 'two', 'three']) repository.commit(subject);
    expect(await subjects('HEAD~2', 'HEAD')).toEqual(['two', 'three']);
  });

  it('gives none where there is nothing new', async () => {
    repository.commit('one');
    repository.commit('two');
    expect(await subjects('HEAD', 'HEAD~1')).toEqual([]);
  });

  it('D04 gives merges and what they bring, parents before children', async () => {
    repository.commit('base');
    repository.branch('other');
    repository.commit('other');
    repository.git('checkout', '--quiet', 'main');
    repository.commit('main');
    repository.merge('other');
    const found = await subjects('main~2', 'main');
    expect(found).toHaveLength(3);
    expect(found.at(-1)).toBe("Merge branch 'other'");
  });
});

describe('history', () => {
  beforeEach(() => {
    repository.commit('start', { 'staging/k.yaml': 'tag: 1.0.0', 'prod/k.yaml': 'tag: 1.0.0' });
    repository.commit('staging to 1.1.0', { 'staging/k.yaml': 'tag: 1.1.0' });
    repository.commit('prod to 1.1.0', { 'prod/k.yaml': 'tag: 1.1.0' });
    repository.commit('staging to 1.2.0', { 'staging/k.yaml': 'tag: 1.2.0' });
  });

  const subjects = (query: Parameters<Repository['history']>[0]) =>
    inRepository(async opened => (await opened.history(query)).map(commit => commit.subject));

  it('gives the commits that brought or removed a text, the newest first', async () => {
    expect(await subjects({ paths: ['staging'], contains: '1.1.0' })).toEqual(['staging to 1.2.0', 'staging to 1.1.0']);
  });

  it('gives the commits that touched a path, which counts from the top wherever one stands', async () => {
    const query = { from: 'HEAD~3', to: 'HEAD', paths: ['staging'], most: 9 };
    const touching = (cwd: string) =>
      inRepository(async opened => (await opened.commitsTouching(query)).map(({ subject }) => subject), cwd);
    const expected = ['staging to 1.2.0', 'staging to 1.1.0'];
    expect(await touching(repository.path)).toEqual(expected);
    expect(await touching(join(repository.path, 'prod'))).toEqual(expected);
  });

  it('starts where it is told', async () => {
    expect(await subjects({ paths: ['staging'], contains: '1.1.0', before: 'HEAD~1' })).toEqual(['staging to 1.1.0']);
  });

  it.each(['1.9.0', '1.1.', '1?1.0', '[1]', '-p', '--output=x'])('takes %j literally', async contains => {
    const expected = contains === '1.1.' ? ['prod to 1.1.0'] : [];
    expect(await subjects({ paths: ['prod/k.yaml'], contains })).toEqual(expected);
  });

  it.each(['*', ':(glob)**', ':!prod', '--all'])('D06 takes the path %j literally', async path => {
    expect(await subjects({ paths: [path], contains: '1.1.0' })).toEqual([]);
  });

  it.each([
    ['no text', { paths: ['prod'], contains: '' }],
    ['a text with NUL', { paths: ['prod'], contains: '1.1.0\0' }],
    ['a text that no command line holds', { paths: ['prod'], contains: 'x'.repeat(200_000) }],
    ['a path that is not UTF-8', { paths: ['prod', 'caf\udce9'], contains: '1.1.0' }],
  ])('does not take %s for a text that was never there', async (_, query) => {
    await expect(subjects(query)).rejects.toMatchObject({ exitCode: 3 });
  });

  it('gives at most 20', async () => {
    for (let index = 0; index < 25; index++) repository.commit(`x ${index}`, { 'dev/k.yaml': 'x'.repeat(index) });
    expect(await subjects({ paths: ['dev'], contains: 'x' })).toHaveLength(20);
  });

  it('says that it cannot search what is lost', async () => {
    const oid = repository.git('rev-parse', 'HEAD~2:staging/k.yaml');
    unlinkSync(join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    await expect(subjects({ paths: ['staging'], contains: '1.1.0' })).rejects.toMatchObject({ exitCode: 3 });
  });
});
