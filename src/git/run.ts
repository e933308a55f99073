import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { GitError } from './error.ts';
import type { Git } from './locate.ts';
import { quotePath } from './path.ts';
import { TIMEOUT, TimeLimit } from './time-limit.ts';

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

export interface RunOptions {
  /** What git reads from stdin; nothing where it is absent. */
  readonly input?: string | Buffer;
  /** Bytes of stdout at which git is stopped; as many as it writes where it is absent. */
  readonly limit?: number;
}

/** Runs git to its end and returns what it wrote, whatever its status. Throws `GitError` where it does not end. */
export function runGit(
  git: Git,
  args: readonly string[],
  { input, limit = Infinity }: RunOptions = {},
): Promise<Output> {
  const output = new Promise<Output>((resolve, reject) => {
    const child = spawn(git.program, [...WRAPPER, ...args], {
      cwd: git.cwd,
      env: git.env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let size = 0;
    const time = new TimeLimit(() => child.kill('SIGKILL'));
    time.start();
    // A git that ends before it has read its input says itself why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    child.stdout?.on('data', (chunk: Buffer) => {
      time.heard();
      size += chunk.length;
      if (size <= limit) stdout.push(chunk);
      else reject(new GitError(3, `git ${args[0]} wrote more than ${limit} bytes`));
      if (size > limit) child.kill('SIGKILL');
    });
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', error => {
      time.end();
      reject(error);
    });
    child.on('close', (status, signal) => {
      time.end();
      const why = child.killed ? `did not end within ${TIMEOUT / 1000} s` : `was stopped by ${signal}`;
      if (status === null) reject(new GitError(3, `git ${args[0]} ${why}`));
      else resolve({ status, stdout: Buffer.concat(stdout), error: errorLine(Buffer.concat(stderr)) });
    });
  });
  // The system refuses some starts at once and others later: arguments that are too long, no memory.
  return output.catch(error => {
    throw error instanceof GitError ? error : notStarted(error);
  });
}

/** `runGit`, and a `GitError` where git fails. */
export async function readGit(git: Git, args: readonly string[]): Promise<Buffer> {
  const { status, stdout, error } = await runGit(git, args);
  if (status !== 0) throw new GitError(3, `git ${args[0]} failed: ${error}`);
  return stdout;
}

/** Why the system did not start git, as an error for the reader. */
export function notStarted(error: Error): GitError {
  return new GitError(3, `git could not be started: ${printable(error.message)}`);
}

/** The line of git's complaint that says most: the first after `fatal:` or `error:`, else the first. */
export function errorLine(stderr: Buffer): string {
  if (stderr.length === 0) return '';
  const lines = stderr.toString('utf8').split('\n');
  const line = lines.find(text => /^(fatal|error): /.test(text)) ?? lines[0] ?? '';
  return printable(line.replace(/^(fatal|error): /, ''));
}

function printable(line: string): string {
  const quoted = quotePath(line);
  return quoted === line ? line : quoted.slice(1, -1);
}
