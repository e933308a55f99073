import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

/** The paths of what is staged, as a program sees it that is started there. */
async function stagedPaths({ cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string[]> {
  const opened = await openRepository({ cwd, env });
  try {
    return (await opened.staged()).files.map(file => file.path);
  } finally {
    await opened.close();
  }
}

describe('a hook', () => {
  interface Seen {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    /** What git itself says is staged. */
    readonly expected: string[];
  }

  /** Runs a git command and, while its pre-commit hook waits, looks at the repository as a program of the hook would. */
  async function duringCommit<T>(args: readonly string[], cwd: string, look: (seen: Seen) => Promise<T>): Promise<T> {
    const out = join(repository.env.HOME ?? '', 'out');
    mkdirSync(out);
    execFileSync('mkfifo', [join(out, 'ready'), join(out, 'go')]);
    const lines = [
      'git diff --cached --no-renames --name-only -z > $OUT/expected',
      'pwd > $OUT/cwd',
      'env -0 > $OUT/env',
    ];
    const hook = join(repository.path, '.git/hooks/pre-commit');
    mkdirSync(join(repository.path, '.git/hooks'), { recursive: true });
    writeFileSync(hook, ['#!/bin/sh', ...lines, 'echo > $OUT/ready', 'cat $OUT/go', 'exit 1', ''].join('\n'));
    chmodSync(hook, 0o755);
    const child = spawn('git', args, { cwd, env: { ...repository.env, OUT: out }, stdio: 'ignore' });
    const ended = new Promise(resolve => child.on('close', resolve));
    const ready = await open(join(out, 'ready'));
    await ready.readFile();
    await ready.close();
    try {
      const variables = readFileSync(join(out, 'env'), 'utf8').split('\0').filter(Boolean);
      const pairs = variables.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
      return await look({
        cwd: readFileSync(join(out, 'cwd'), 'utf8').trimEnd(),
        env: Object.fromEntries(pairs),
        expected: readFileSync(join(out, 'expected'), 'utf8').split('\0').filter(Boolean),
      });
    } finally {
      writeFileSync(join(out, 'go'), '');
      await ended;
      rmSync(out, { recursive: true });
    }
  }

  beforeEach(() => {
    repository.commit('one', { 'a.yaml': 'a', 'sub/b.yaml': 'b' });
    repository.write({ 'a.yaml': 'a2', 'sub/b.yaml': 'b2' });
    repository.git('add', 'a.yaml');
  });

  it.each([
    ['commit', ['commit', '-m', 'x'], ['a.yaml']],
    ['commit --all', ['commit', '--all', '-m', 'x'], ['a.yaml', 'sub/b.yaml']],
    ['commit FILE', ['commit', '-m', 'x', 'sub/b.yaml'], ['sub/b.yaml']],
    ['commit --include FILE', ['commit', '-m', 'x', '--include', 'sub/b.yaml'], ['a.yaml', 'sub/b.yaml']],
    ['commit --amend', ['commit', '--amend', '-m', 'x'], ['a.yaml']],
    ['commit --amend --all', ['commit', '--amend', '--all', '-m', 'x'], ['a.yaml', 'sub/b.yaml']],
  ])('D01 of %s sees what git sees', async (_, args, paths) => {
    await duringCommit(args, repository.path, async ({ cwd, env, expected }) => {
      expect(expected).toEqual(paths);
      expect(await stagedPaths({ cwd, env })).toEqual(paths);
    });
  });

  it('D01 of a commit from a folder below sees what git sees', async () => {
    await duringCommit(['commit', '-m', 'x', 'b.yaml'], join(repository.path, 'sub'), async ({ cwd, env }) => {
      expect(await stagedPaths({ cwd, env })).toEqual(['sub/b.yaml']);
    });
  });

  it('D01 that changes into a folder below sees what git sees', async () => {
    await duringCommit(['commit', '-m', 'x'], repository.path, async ({ cwd, env }) => {
      expect(env.GIT_INDEX_FILE).toBe('.git/index');
      expect(await stagedPaths({ cwd: join(cwd, 'sub'), env })).toEqual(['a.yaml']);
    });
  });

  it('D01 in a linked worktree sees the index of that worktree', async () => {
    const linked = join(repository.env.HOME ?? '', 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
    writeFileSync(join(linked, 'sub/b.yaml'), 'b3');
    await duringCommit(['commit', '--all', '-m', 'x'], linked, async ({ cwd, env }) => {
      expect(env.GIT_DIR).toBe(join(repository.path, '.git/worktrees/linked'));
      expect(await stagedPaths({ cwd, env })).toEqual(['sub/b.yaml']);
    });
  });

  it('D01 of a repository apart from its work tree finds it', async () => {
    const apart = join(repository.env.HOME ?? '', 'apart.git');
    repository.git('clone', '--quiet', '--bare', repository.path, apart);
    mkdirSync(join(apart, 'hooks'), { recursive: true });
    symlinkSync(join(repository.path, '.git/hooks/pre-commit'), join(apart, 'hooks/pre-commit'));
    const work = join(repository.env.HOME ?? '', 'work');
    mkdirSync(work);
    const from = [`--git-dir=${apart}`, `--work-tree=${work}`];
    repository.git(...from, 'checkout', '--quiet', '--force', 'main');
    writeFileSync(join(work, 'a.yaml'), 'a3');
    await duringCommit([...from, 'commit', '--all', '-m', 'x'], work, async ({ cwd, env }) => {
      expect(await stagedPaths({ cwd, env })).toEqual(['a.yaml']);
    });
  });
});
