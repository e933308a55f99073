import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real repository in a temporary folder, apart from the configuration and environment of whoever runs the tests. */
export interface TestRepository {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** The environment that git was isolated with; give it to what is under test. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs git in the repository; stdout without the last newline. Throws where git fails. */
  git(...args: string[]): string;
  /** Writes files of the work tree, by path from the root, and makes the folders. */
  write(files: Readonly<Record<string, string | Buffer>>): void;
  /** Removes files or folders of the work tree. */
  remove(...paths: string[]): void;
  /** Writes the files, stages everything, commits; the commit's id. Each commit is one minute after the one before. */
  commit(message: string, files?: Readonly<Record<string, string | Buffer>>): string;
  /** Makes a branch at HEAD, or at `start`, and switches to it. */
  branch(name: string, start?: string): void;
  /** Merges the branches into the current one with a merge commit; the commit's id. */
  merge(...branches: string[]): string;
  /** Removes the temporary folder. */
  cleanup(): void;
}

export interface TestRepositoryOptions {
  readonly objectFormat?: 'sha1' | 'sha256';
  /** Added to the isolated environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** 2026-01-01T00:00:00Z */
const FIRST_COMMIT_AT = 1_767_225_600;

/** An environment for git without anyone's configuration, with a fixed author. */
export function isolatedEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}

/** An empty repository, branch `main`, no commit. Call `cleanup` when done. */
export function createRepository({
  objectFormat = 'sha1',
  env: extra = {},
}: TestRepositoryOptions = {}): TestRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-lint-')));
  const path = join(folder, 'repository');
  const env: NodeJS.ProcessEnv = { ...isolatedEnvironment(folder), ...extra };
  let time = FIRST_COMMIT_AT;

  const git = (...args: string[]): string => {
    const dates = { GIT_AUTHOR_DATE: `${time} +0000`, GIT_COMMITTER_DATE: `${time} +0000` };
    const output = execFileSync('git', args, { cwd: path, env: { ...env, ...dates }, stdio: 'pipe', encoding: 'utf8' });
    return output.replace(/\n$/, '');
  };
  const write: TestRepository['write'] = files => {
    for (const [name, content] of Object.entries(files)) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  };

  mkdirSync(path);
  git('init', '--quiet', '--initial-branch=main', `--object-format=${objectFormat}`);
  return {
    path,
    env,
    git,
    write,
    remove: (...paths) => {
      for (const name of paths) rmSync(join(path, name), { recursive: true });
    },
    commit: (message, files = {}) => {
      write(files);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      time += 60;
      return git('rev-parse', 'HEAD');
    },
    branch: (name, start = 'HEAD') => {
      git('checkout', '--quiet', '-b', name, start);
    },
    merge: (...branches) => {
      git('merge', '--quiet', '--no-ff', '--no-edit', ...branches);
      time += 60;
      return git('rev-parse', 'HEAD');
    },
    cleanup: () => rmSync(folder, { recursive: true, force: true }),
  };
}
