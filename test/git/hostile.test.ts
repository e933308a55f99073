import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

/** A repository with a merge, something staged, something not staged and an untracked file. */
function buildRepository(): TestRepository {
  const built = createRepository();
  built.commit('one', { 'a.yaml': 'tag: 1', 'b.yaml': 'b' });
  built.branch('other');
  built.commit('two', { 'a.yaml': 'tag: 2' });
  built.git('checkout', '--quiet', 'main');
  built.commit('three', { 'b.yaml': 'b2' });
  built.merge('other');
  built.write({ 'a.yaml': 'tag: 3' });
  built.git('add', 'a.yaml');
  built.write({ 'a.yaml': 'tag: 4', 'untracked.yaml': 'u' });
  return built;
}

let repository: TestRepository;

/** Everything that a run may ask of a repository. */
async function askEverything(path = repository.path): Promise<string[]> {
  const opened = await openRepository({ cwd: path, env: repository.env });
  try {
    const { before, after, files } = await opened.staged();
    const listed = await after.files();
    await Promise.all([...listed, ...(await before.files())].map(file => after.read(file)));
    const head = await opened.commit('HEAD');
    const parents = await Promise.all(head.parents.map(opened.commit));
    const diffs = await Promise.all(parents.map(parent => opened.diff(parent.tree, head.tree)));
    const base = await opened.mergeBase('main', 'other');
    const commits = await opened.commits(base, 'main');
    const found = await opened.history({ paths: ['a.yaml'], contains: 'tag: 2' });
    const searched = await before.filesWith([Buffer.from('tag:')]);
    return [files, listed, ...diffs]
      .map(list => list.map(({ path: name }) => name).join())
      .concat([...(searched ?? ['not searched'])].join())
      .concat([commits, found].map(list => list.map(commit => commit.subject).join()));
  } finally {
    await opened.close();
  }
}

const EVERYTHING = [
  'a.yaml',
  'a.yaml,b.yaml',
  'a.yaml',
  'b.yaml',
  'a.yaml',
  "three,Merge branch 'other'",
  // The tag came to the branch with the merge.
  "Merge branch 'other'",
];

/** Name, kind, mode, time and content of all that is below a folder. */
function fingerprint(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const path = join(folder, name);
      const { mode, mtimeMs } = lstatSync(path);
      const line = `${path} ${mode} ${mtimeMs}`;
      if (lstatSync(path).isDirectory()) return [line, ...fingerprint(path)];
      const content = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
      return [`${line} ${createHash('sha256').update(content).digest('hex')}`];
    });
}

describe('a repository is only read', () => {
  beforeAll(() => {
    repository = buildRepository();
  });
  afterAll(() => repository.cleanup());

  it('D01 is byte for byte the same afterwards', async () => {
    const before = fingerprint(repository.path);
    expect(await askEverything()).toEqual(EVERYTHING);
    expect(fingerprint(repository.path)).toEqual(before);
  });

  it('D01 is not refreshed where the index is stale', async () => {
    writeFileSync(join(repository.path, 'b.yaml'), 'b2');
    const before = fingerprint(repository.path);
    await askEverything();
    expect(fingerprint(repository.path)).toEqual(before);
  });
});

describe('nothing that a repository configures runs', () => {
  let configuration: Buffer;
  beforeAll(() => {
    repository = buildRepository();
    configuration = readFileSync(join(repository.path, '.git/config'));
  });
  afterEach(() => writeFileSync(join(repository.path, '.git/config'), configuration));
  afterAll(() => repository.cleanup());

  /** A program that leaves a file behind when it is started. */
  function trap(name: string): { program: string; sprung: () => boolean } {
    const marker = join(repository.env.HOME ?? '', `marker-${name}`);
    const program = join(repository.env.HOME ?? '', `trap-${name}`);
    writeFileSync(program, `#!/bin/sh\ntouch '${marker}'\ncat\n`);
    chmodSync(program, 0o755);
    return { program, sprung: () => existsSync(marker) };
  }

  it.each([
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.sshCommand',
    'core.askPass',
    'core.alternateRefsCommand',
    'pager.log',
    'pager.diff',
    'diff.external',
    'diff.trap.textconv',
    'diff.trap.command',
    'filter.trap.clean',
    'filter.trap.smudge',
    'filter.trap.process',
    'gpg.program',
    'credential.helper',
    'alias.log',
    'alias.diff-index',
    'interactive.diffFilter',
    'uploadpack.packObjectsHook',
  ])('D10 by %s', async key => {
    const { program, sprung } = trap(key);
    repository.git('config', key, key.startsWith('alias.') ? `!${program}` : program);
    repository.git('config', 'log.showSignature', 'true');
    writeFileSync(join(repository.path, '.git/info/attributes'), '* filter=trap diff=trap\n');
    expect(await askEverything()).toEqual(EVERYTHING);
    expect(sprung()).toBe(false);
  });

  it('D10 by an included file', async () => {
    const { program, sprung } = trap('include');
    writeFileSync(
      join(repository.path, '.git/more'),
      `[core]\n\tfsmonitor = ${program}\n[diff]\n\texternal = ${program}\n`,
    );
    repository.git('config', 'include.path', 'more');
    expect(await askEverything()).toEqual(EVERYTHING);
    expect(sprung()).toBe(false);
  });

  it('D10 by a hook', async () => {
    const { program, sprung } = trap('hook');
    for (const hook of ['post-index-change', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman']) {
      writeFileSync(join(repository.path, '.git/hooks', hook), readFileSync(program));
      chmodSync(join(repository.path, '.git/hooks', hook), 0o755);
    }
    expect(await askEverything()).toEqual(EVERYTHING);
    expect(sprung()).toBe(false);
  });

  it.each([
    ['diff.orderFile', '/dev/zero'],
    ['diff.renames', 'copies'],
    ['diff.relative', 'true'],
    ['diff.noprefix', 'true'],
    ['diff.ignoreSubmodules', 'all'],
    ['log.follow', 'true'],
    ['log.decorate', 'full'],
    ['log.diffMerges', 'on'],
    ['format.pretty', 'fuller'],
    ['grep.patternType', 'perl'],
    ['color.grep', 'always'],
    ['grep.fullName', 'false'],
    ['color.ui', 'always'],
    ['core.quotePath', 'true'],
    ['core.abbrev', '4'],
    ['core.warnAmbiguousRefs', 'true'],
    ['grep.patternType', 'perl'],
  ])('D10 and %s changes no answer', async (key, value) => {
    repository.git('config', key, value);
    expect(await askEverything()).toEqual(EVERYTHING);
  });
});

describe('a partial clone', () => {
  beforeEach(() => {
    repository = buildRepository();
  });
  afterEach(() => repository.cleanup());

  /** A clone that has blobs neither of HEAD nor of any other commit. */
  function partialClone(): string {
    const clone = join(repository.env.HOME ?? '', 'partial');
    repository.git('config', 'uploadpack.allowFilter', 'true');
    repository.git('clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${repository.path}`, clone);
    return clone;
  }

  async function readAll(path: string): Promise<PromiseSettledResult<Buffer>[]> {
    const opened = await openRepository({ cwd: path, env: repository.env });
    try {
      const tree = opened.tree(await opened.commit('HEAD'));
      return await Promise.allSettled((await tree.files()).map(tree.read));
    } finally {
      await opened.close();
    }
  }

  it('D09 says what it lacks, fetches nothing, and reads the rest', async () => {
    const clone = partialClone();
    // Fetches this one object.
    repository.git('-C', clone, 'cat-file', 'blob', 'HEAD:b.yaml');
    const before = fingerprint(clone);
    const [lacking, there] = await readAll(clone);
    expect(lacking).toMatchObject({
      reason: {
        code: 'content-not-available',
        message: 'a.yaml is not in this clone: the clone is partial or damaged',
      },
    });
    expect(there).toMatchObject({ value: Buffer.from('b2') });
    expect(fingerprint(clone)).toEqual(before);
  });

  it('D09 gives up where it lacks nearly all', async () => {
    repository.commit('many', Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, `${index}`])));
    const results = await readAll(partialClone());
    expect(results.filter(result => result.status === 'fulfilled')).toEqual([]);
    expect(results.at(-1)).toMatchObject({ reason: { exitCode: 3, hint: expect.stringContaining('partial') } });
  });
});

describe('damage', () => {
  beforeEach(() => {
    repository = buildRepository();
  });
  afterEach(() => repository.cleanup());

  it('D09 in a file makes that file unreadable', async () => {
    const oid = repository.git('rev-parse', 'HEAD:b.yaml');
    const file = join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, 'garbage');
    await expect(askEverything()).rejects.toMatchObject({ code: 'content-not-available', path: 'b.yaml' });
  });

  it('D09 in a folder makes the repository unreadable', async () => {
    const oid = repository.git('rev-parse', 'HEAD^{tree}');
    const file = join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, '');
    await expect(askEverything()).rejects.toMatchObject({ exitCode: 3 });
  });
});
