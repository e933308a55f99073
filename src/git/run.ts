import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';
import { GitError } from './error.ts';
import { quotePath } from './path.ts';

/** Where and with what git is started: the same for every call of one run. */
export interface Git {
  /** The program, absolute. */
  readonly program: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Milliseconds that git may take before it is stopped. */
export const TIMEOUT = 20_000;

/**
 * In front of every command. The settings win over the repository's own, which could name a program to run. They are
 * given here and not in the environment because versions before 2.31 would not see them there.
 */
const WRAPPER = [
  '--no-pager',
  '--literal-pathspecs',
  '--no-optional-locks',
  ...[
    'core.quotePath=false',
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'safe.bareRepository=explicit',
    'protocol.allow=never',
    'diff.external=',
    'diff.orderFile=/dev/null',
  ].flatMap(setting => ['-c', setting]),
];

/** What git needs to find itself, its configuration and the repository. All else stays out. */
const KEPT = [
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'TMPDIR',
  'SYSTEMROOT',
  'USERPROFILE',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  // Hooks of a linked worktree and of `git --git-dir` start with these, hooks that receive a push with the last two.
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
];

const FIXED = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  LC_ALL: 'C',
};

/** git as it is started for `cwd`. Throws `GitError` where the program is not found. */
export function locateGit(cwd: string, env: NodeJS.ProcessEnv): Git {
  const kept = KEPT.flatMap(name => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    program: findProgram(cwd, env.PATH ?? ''),
    cwd,
    env: { ...Object.fromEntries(kept), ...safeDirectories(env), ...FIXED },
  };
}

/** The `safe.directory` settings that containers give in the environment; no other setting of theirs is kept. */
function safeDirectories(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  let count = 0;
  for (let index = 0; env[`GIT_CONFIG_KEY_${index}`] !== undefined; index++) {
    if (env[`GIT_CONFIG_KEY_${index}`]?.toLowerCase() !== 'safe.directory') continue;
    kept[`GIT_CONFIG_KEY_${count}`] = 'safe.directory';
    kept[`GIT_CONFIG_VALUE_${count}`] = env[`GIT_CONFIG_VALUE_${index}`] ?? '';
    count++;
  }
  return count === 0 ? kept : { ...kept, GIT_CONFIG_COUNT: String(count) };
}

/** The first git in PATH. Relative folders and those of the repository itself could hold a program from a commit. */
function findProgram(cwd: string, path: string): string {
  const workTree = nearestWorkTree(cwd);
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder) || (workTree !== undefined && isInside(folder, workTree))) continue;
    for (const name of ['git', 'git.exe']) {
      const program = join(folder, name);
      if (isExecutable(program)) return program;
    }
  }
  throw new GitError(3, 'git was not found in PATH', 'Install git 2.31 or newer, outside of the repository.');
}

function nearestWorkTree(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function isInside(folder: string, parent: string): boolean {
  const path = relative(parent, folder);
  return !path.startsWith('..') && !isAbsolute(path);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there or not ours to run: the next folder of PATH may have one.
  }
}

/** Starts git with pipes; the caller writes, reads and ends it. */
export function startGit(git: Git, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(git.program, [...WRAPPER, ...args], { cwd: git.cwd, env: git.env, windowsHide: true });
}

export interface Output {
  readonly status: number;
  readonly stdout: Buffer;
  /** One line without control characters. */
  readonly error: string;
}

/** Runs git to its end and returns what it wrote, whatever its status. Throws `GitError` where it does not end. */
export function runGit(git: Git, args: readonly string[]): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(git.program, [...WRAPPER, ...args], {
      cwd: git.cwd,
      env: git.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', error => reject(notStarted(git, error)));
    child.on('close', (status, signal) => {
      if (status !== null) resolve({ status, stdout: Buffer.concat(stdout), error: errorLine(Buffer.concat(stderr)) });
      else reject(stopped(args[0], signal));
    });
  });
}

/** `runGit`, and a `GitError` where git fails. */
export async function readGit(git: Git, args: readonly string[]): Promise<Buffer> {
  const { status, stdout, error } = await runGit(git, args);
  if (status !== 0) throw new GitError(3, `git ${args[0]} failed: ${error}`);
  return stdout;
}

/** git ended by a signal: ours after the time limit, or someone else's. */
function stopped(command: string | undefined, signal: NodeJS.Signals | null): GitError {
  const why = signal === 'SIGKILL' ? `stopped: it did not end within ${TIMEOUT / 1000} s` : `stopped by ${signal}`;
  return new GitError(3, `git ${command} was ${why}`);
}

/** Why the system did not start git, as an error for the reader. */
export function notStarted(git: Git, error: Error): GitError {
  if (!existsSync(git.cwd)) return new GitError(2, `there is no folder ${quotePath(git.cwd)}`);
  return new GitError(3, `git could not be started: ${printable(error.message)}`);
}

/** The line of git's complaint that says most: the first after `fatal:` or `error:`, else the first. */
export function errorLine(stderr: Buffer): string {
  const lines = stderr.toString('utf8').split('\n');
  const line = lines.find(text => /^(fatal|error): /.test(text)) ?? lines[0] ?? '';
  return printable(line.replace(/^(fatal|error): /, ''));
}

function printable(line: string): string {
  const quoted = quotePath(line);
  return quoted === line ? line : quoted.slice(1, -1);
}
