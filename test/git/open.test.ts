import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import { createRepository, isolatedEnvironment, type TestRepository } from '../support/git-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

/** Opens a repository and returns its top folder and what HEAD's tree holds. */
async function open(cwd: string, env = repository.env): Promise<{ top: string; files: string[] }> {
  const opened = await openRepository({ cwd, env });
  try {
    const { after } = await opened.staged();
    return { top: opened.top, files: (await after.files()).map(file => file.path) };
  } finally {
    await opened.close();
  }
}

/** A folder with a program named git that is this shell script. */
function fakeGit(script: string, folder = join(repository.env.HOME ?? '', 'bin')): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return folder;
}

describe('openRepository', () => {
  it('D03 opens from a folder below', async () => {
    repository.commit('one', { 'a/b/c.yaml': 'c' });
    expect(await open(join(repository.path, 'a/b'))).toEqual({ top: repository.path, files: ['a/b/c.yaml'] });
  });

  it('D03 opens a repository of sha256', async () => {
    const other = createRepository({ objectFormat: 'sha256' });
    other.commit('one', { 'a.yaml': 'a' });
    expect(await open(other.path)).toEqual({ top: other.path, files: ['a.yaml'] });
    other.cleanup();
  });

  it('D03 opens the nearest of nested repositories', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const inner = join(repository.path, 'inner');
    repository.git('init', '--quiet', inner);
    expect(await open(inner)).toEqual({ top: inner, files: [] });
  });

  it('D03 opens at a detached HEAD', async () => {
    const first = repository.commit('one', { 'a.yaml': 'a' });
    repository.commit('two', { 'b.yaml': 'b' });
    repository.git('checkout', '--quiet', '--detach', first);
    expect((await open(repository.path)).files).toEqual(['a.yaml']);
  });

  it('D01 opens a linked worktree of a bare repository', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const bare = join(repository.env.HOME ?? '', 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.path, bare);
    const linked = join(repository.env.HOME ?? '', 'linked');
    repository.git('-C', bare, 'worktree', 'add', '--quiet', linked, 'main');
    expect(await open(linked)).toEqual({ top: linked, files: ['a.yaml'] });
  });

  it('D03 opens beside a linked worktree that was deleted', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const linked = join(repository.env.HOME ?? '', 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
    rmSync(linked, { recursive: true });
    expect(await open(repository.path)).toEqual({ top: repository.path, files: ['a.yaml'] });
  });

  it('D06 opens a folder whose name has a line feed', async () => {
    const folder = join(repository.path, 'two\nlines');
    repository.git('init', '--quiet', folder);
    expect((await open(folder)).top).toBe(folder);
  });

  it('opens through a symbolic link', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const link = join(repository.env.HOME ?? '', 'link');
    symlinkSync(repository.path, link);
    expect((await open(link)).top).toBe(repository.path);
  });
});

describe('openRepository refuses', () => {
  it('D03 a folder outside of a repository', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-lint-')));
    await expect(open(folder, isolatedEnvironment(folder))).rejects.toMatchObject({
      exitCode: 2,
      message: `${folder} is not in a git repository`,
    });
    rmSync(folder, { recursive: true });
  });

  it.each(['gone', 'a.yaml'])('a folder that is not there: %s', async name => {
    repository.commit('one', { 'a.yaml': 'a' });
    const folder = join(repository.path, name);
    await expect(open(folder)).rejects.toMatchObject({ exitCode: 2, message: `there is no folder ${folder}` });
  });

  it('D03 a bare repository', async () => {
    const bare = join(repository.env.HOME ?? '', 'bare.git');
    repository.git('init', '--quiet', '--bare', bare);
    await expect(open(bare)).rejects.toMatchObject({
      exitCode: 2,
      message: `${bare} is in a repository without a work tree`,
    });
  });

  it('D03 a linked worktree whose repository forgot it or is gone', async () => {
    repository.commit('one', { 'a.yaml': 'a' });
    const linked = join(repository.env.HOME ?? '', 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
    rmSync(join(repository.path, '.git/worktrees'), { recursive: true });
    await expect(open(linked)).rejects.toMatchObject({
      exitCode: 2,
      message: `${linked} belongs to a repository that is no longer where it was`,
      hint: expect.stringContaining('git worktree repair'),
    });
  });

  it('D01 the inside of .git', async () => {
    await expect(open(join(repository.path, '.git'))).rejects.toMatchObject({ exitCode: 2 });
  });

  it('D10 a bare repository that a commit brought, without running what it configures', async () => {
    const bare = join(repository.path, 'apps/evil');
    repository.git('init', '--quiet', '--bare', bare);
    repository.git('--git-dir', bare, 'config', 'core.bare', 'false');
    repository.git('--git-dir', bare, 'config', 'core.worktree', '.');
    repository.git('--git-dir', bare, 'config', 'core.fsmonitor', `touch ${repository.path}/marker`);
    await expect(open(bare)).rejects.toMatchObject({ exitCode: 2 });
    expect(repository.git('status', '--short', '--', 'marker')).toBe('');
  });

  it('D11 a repository of another user, with the remedy', async () => {
    const env = {
      ...repository.env,
      PATH: fakeGit(`echo "fatal: detected dubious ownership in repository" >&2; exit 128`),
    };
    await expect(open(repository.path, env)).rejects.toMatchObject({
      exitCode: 3,
      message: `git refuses ${repository.path}: the repository belongs to another user`,
      hint: `If you trust it: git config --global --add safe.directory ${repository.path}`,
    });
  });

  it('D12 a machine without git', async () => {
    const env = { ...repository.env, PATH: repository.env.HOME };
    await expect(open(repository.path, env)).rejects.toMatchObject({
      exitCode: 3,
      message: 'git was not found in PATH',
    });
  });

  it('D12 a git that is too old', async () => {
    // Unknown options are printed as they stand.
    const script = 'case "$*" in *rev-parse*) echo --path-format=absolute; echo false; echo sha1; pwd;; esac';
    const env = { ...repository.env, PATH: fakeGit(script) };
    await expect(open(repository.path, env)).rejects.toMatchObject({
      exitCode: 3,
      message: 'this git is older than 2.31',
    });
  });

  it.each(['exit 0', 'echo hello', 'echo false; echo sha1; echo relative'])(
    'D12 a program in place of git: %s',
    async script => {
      const PATH = fakeGit(script);
      await expect(open(repository.path, { ...repository.env, PATH })).rejects.toMatchObject({
        exitCode: 3,
        message: `${PATH}/git does not answer as git does`,
      });
    },
  );

  it('E01 to repeat control characters of git', async () => {
    const env = { ...repository.env, PATH: fakeGit(`printf 'fatal: bad \\033[2J thing\\n' >&2; exit 128`) };
    await expect(open(repository.path, env)).rejects.toMatchObject({
      message: `git cannot open the repository of ${repository.path}: bad \\033[2J thing`,
    });
  });

  it('D12 to wait for or trust a git that dies', async () => {
    const env = { ...repository.env, PATH: fakeGit('kill -TERM $$') };
    await expect(open(repository.path, env)).rejects.toMatchObject({
      exitCode: 3,
      message: 'git rev-parse was stopped by SIGTERM',
    });
  });
});

describe('the git that is started', () => {
  function linkedGit(): string {
    const folder = join(repository.env.HOME ?? '', 'links');
    symlinkSync(fakeGit('touch marker', join(repository.path, 'bin')), folder);
    return folder;
  }

  it.each([
    ['the repository', () => fakeGit('touch marker', join(repository.path, 'node_modules/.bin'))],
    ['the repository by a link from outside', linkedGit],
    ['the repository in a folder named ..bin', () => fakeGit('touch marker', join(repository.path, '..bin'))],
    ['no program but a folder', () => join(repository.env.HOME ?? '', 'folder')],
    ['a relative folder', () => '.'],
    ['an empty entry', () => ''],
  ])('D12 is not one of %s', async (_, folder) => {
    repository.commit('one', { 'a.yaml': 'a' });
    fakeGit('touch marker', repository.path);
    mkdirSync(join(repository.env.HOME ?? '', 'folder/git'), { recursive: true });
    const env = { ...repository.env, PATH: `${folder()}:${repository.env.PATH}` };
    expect((await open(repository.path, env)).files).toEqual(['a.yaml']);
    expect(repository.git('status', '--short', '--', 'marker')).toBe('');
  });

  it('D10 gets the fixed environment and nothing else', async () => {
    const seen = join(repository.env.HOME ?? '', 'seen');
    const PATH = `${fakeGit(`case "$*" in *rev-parse*) /usr/bin/env > "${seen}";; esac`)}:${repository.env.PATH}`;
    const env = {
      ...repository.env,
      PATH,
      GIT_EXTERNAL_DIFF: 'x',
      GIT_CONFIG_PARAMETERS: "'core.pager=x'",
      GIT_TRACE: '1',
      SECRET_TOKEN: 'x',
      GIT_INDEX_FILE: '/x',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'core.sshCommand',
      GIT_CONFIG_VALUE_0: 'x',
      GIT_CONFIG_KEY_1: 'safe.directory',
      GIT_CONFIG_VALUE_1: '/trusted',
    };
    await expect(open(repository.path, env)).rejects.toMatchObject({ exitCode: 3 });
    const lines = readFileSync(seen, 'utf8')
      .split('\n')
      .filter(line => !/^(PWD|SHLVL|_)=/.test(line));
    expect(lines.filter(Boolean).sort()).toEqual([
      'GIT_ATTR_NOSYSTEM=1',
      'GIT_CONFIG_COUNT=1',
      'GIT_CONFIG_GLOBAL=/dev/null',
      'GIT_CONFIG_KEY_0=safe.directory',
      'GIT_CONFIG_NOSYSTEM=1',
      'GIT_CONFIG_VALUE_0=/trusted',
      'GIT_GRAFT_FILE=/dev/null',
      'GIT_NO_LAZY_FETCH=1',
      'GIT_NO_REPLACE_OBJECTS=1',
      'GIT_OPTIONAL_LOCKS=0',
      'GIT_TERMINAL_PROMPT=0',
      `HOME=${repository.env.HOME}`,
      'LC_ALL=C',
      `PATH=${PATH}`,
    ]);
  });
});
