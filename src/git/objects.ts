import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { type GitObject, readBatch } from './batch.ts';
import { GitError } from './error.ts';
import { errorLine, type Git, notStarted, startGit, TIMEOUT } from './run.ts';

interface Request {
  readonly name: string;
  readonly limit: number;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Objects by name, through one `git cat-file --batch` for the whole run. Requests may be made at any time and in any
 * number: none waits for the answer to another. Once git has died or given no answer in time, every request, pending or
 * new, fails with the same `GitError`.
 */
export class Objects {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #pending: Request[] = [];
  readonly #closed: Promise<void>;
  #unsent = '';
  #failure: Error | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(git: Git) {
    this.#child = startGit(git, ['cat-file', '--batch']);
    const stderr: Buffer[] = [];
    const receive = readBatch({
      limit: () => this.#pending[0]?.limit ?? 0,
      answer: object => this.#pending.shift()?.resolve(object),
    });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      try {
        receive(chunk);
      } catch (error) {
        this.#fail(error instanceof Error ? error : new GitError(3, String(error)));
      }
      this.#watch();
    });
    this.#child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A pipe that breaks is the death of the process, which `close` reports with git's own words.
    this.#child.stdin.on('error', () => {});
    this.#child.on('error', error => this.#fail(notStarted(git, error)));
    this.#closed = new Promise(resolve => {
      this.#child.on('close', () => {
        this.#fail(new GitError(3, `git cat-file ended early: ${errorLine(Buffer.concat(stderr))}`));
        resolve();
      });
    });
  }

  /**
   * The object that a name stands for: an object id or any revision. Undefined where the clone has none such. Content
   * of more than `limit` bytes is read past and not kept.
   */
  get(name: string, limit: number): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      // No object has such a name, and a line feed would make two requests of one.
      if (/[\n\0]/.test(name)) return resolve(undefined);
      this.#pending.push({ name, limit, resolve, reject });
      if (this.#unsent === '') queueMicrotask(() => this.#send());
      this.#unsent += `${name}\n`;
    });
  }

  /** Ends the process, after it has answered what was asked. */
  close(): Promise<void> {
    this.#child.stdin.end();
    return this.#closed;
  }

  #send(): void {
    this.#child.stdin.write(this.#unsent);
    this.#unsent = '';
    this.#watch();
  }

  /** Starts the time limit anew while an answer is due. */
  #watch(): void {
    clearTimeout(this.#silence);
    if (this.#pending.length === 0) return;
    this.#silence = setTimeout(() => {
      this.#fail(new GitError(3, `git cat-file gave no answer within ${TIMEOUT / 1000} s`));
    }, TIMEOUT);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    clearTimeout(this.#silence);
    this.#child.kill('SIGKILL');
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure);
  }
}
