import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { type GitObject, readBatch } from './batch.ts';
import { GitError } from './error.ts';
import { errorLine, type Git, notStarted, startGit, TIMEOUT } from './run.ts';

interface Request {
  readonly limit: number;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
  next: Request | undefined;
}

/**
 * Objects by name, through one `git cat-file --batch` for the whole run. Requests may be made at any time and in any
 * number: none waits for the answer to another. Once git has died or given no answer in time, every request, pending or
 * new, fails with the same `GitError`.
 */
export class Objects {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<void>;
  /** The requests without an answer, linked in their order: tens of thousands may wait. */
  #first: Request | undefined;
  #last: Request | undefined;
  #unsent = '';
  #failure: Error | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(git: Git) {
    this.#child = startGit(git, ['cat-file', '--batch']);
    const stderr: Buffer[] = [];
    const receive = readBatch({
      limit: () => this.#first?.limit ?? 0,
      answer: object => this.#take()?.resolve(object),
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
      const request: Request = { limit, resolve, reject, next: undefined };
      if (this.#last === undefined) this.#first = request;
      else this.#last.next = request;
      this.#last = request;
      if (this.#unsent === '') queueMicrotask(() => this.#send());
      this.#unsent += `${name}\n`;
    });
  }

  /** Ends the process, after it has answered what was asked. */
  close(): Promise<void> {
    this.#send();
    this.#child.stdin.end();
    return this.#closed;
  }

  #take(): Request | undefined {
    const request = this.#first;
    this.#first = request?.next;
    if (this.#first === undefined) this.#last = undefined;
    return request;
  }

  #send(): void {
    if (this.#unsent === '') return;
    this.#child.stdin.write(this.#unsent);
    this.#unsent = '';
    this.#watch();
  }

  /** Starts the time limit anew while an answer is due. */
  #watch(): void {
    if (this.#first === undefined) {
      clearTimeout(this.#silence);
      this.#silence = undefined;
    } else if (this.#silence === undefined) {
      const failure = new GitError(3, `git cat-file gave no answer within ${TIMEOUT / 1000} s`);
      this.#silence = setTimeout(() => this.#fail(failure), TIMEOUT);
    } else {
      this.#silence.refresh();
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    clearTimeout(this.#silence);
    this.#child.kill('SIGKILL');
    for (let request = this.#take(); request !== undefined; request = this.#take()) request.reject(this.#failure);
  }
}
