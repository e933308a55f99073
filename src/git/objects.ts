import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { type GitObject, readBatch } from './batch.ts';
import { GitError } from './error.ts';
import type { Git } from './locate.ts';
import { errorLine, notStarted, startGit } from './run.ts';
import { TIMEOUT, TimeLimit } from './time-limit.ts';

interface Request {
  readonly name: string;
  readonly limit: number;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
  next: Request | undefined;
}

/** How git dies, by its own design, on an object that a partial clone was promised and may not fetch. */
const PROMISED = /could not fetch [0-9a-f]+ from promisor remote/;

/** How many such objects are found missing, with a new process each, before the clone is given up. */
const MAX_PROMISED = 50;

/**
 * Objects by name, through one `git cat-file --batch` for the whole run. Requests may be made at any time and in any
 * number: none waits for the answer to another. Once git has died or given no answer in time, every request, pending or
 * new, fails with the same `GitError`.
 */
export class Objects {
  readonly #git: Git;
  readonly #closed: Promise<void>;
  #child: ChildProcessWithoutNullStreams;
  #closing = false;
  #onClosed = (): void => {};
  /** The requests without an answer, linked in their order: tens of thousands may wait. */
  #first: Request | undefined;
  #last: Request | undefined;
  #unsent = '';
  #promised = 0;
  #failure: Error | undefined;
  readonly #limit = new TimeLimit(() => {
    this.#fail(new GitError(3, `git cat-file gave no answer within ${TIMEOUT / 1000} s`));
  });

  constructor(git: Git) {
    this.#git = git;
    this.#closed = new Promise(resolve => {
      this.#onClosed = resolve;
    });
    this.#child = this.#start();
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
      const request: Request = { name, limit, resolve, reject, next: undefined };
      if (this.#last === undefined) this.#first = request;
      else this.#last.next = request;
      this.#last = request;
      if (this.#unsent === '') queueMicrotask(() => this.#send());
      this.#unsent += `${name}\n`;
    });
  }

  /** Ends the process, after it has answered what was asked. */
  close(): Promise<void> {
    this.#closing = true;
    this.#send();
    this.#child.stdin.end();
    return this.#closed;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#git, ['cat-file', '--batch']);
    const stderr: Buffer[] = [];
    const receive = readBatch({
      limit: () => this.#first?.limit ?? 0,
      answer: object => this.#take()?.resolve(object),
    });
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        receive(chunk);
      } catch (error) {
        this.#fail(error instanceof Error ? error : new GitError(3, String(error)));
      }
      this.#watch();
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A pipe that breaks is the death of the process, which `close` reports with git's own words.
    child.stdin.on('error', () => {});
    child.on('error', error => this.#fail(notStarted(error)));
    child.on('close', () => this.#ended(errorLine(Buffer.concat(stderr))));
    return child;
  }

  /** Goes on with a new process where git died of an object that is not in a partial clone. */
  #ended(error: string): void {
    if (this.#failure === undefined && this.#promised < MAX_PROMISED && PROMISED.test(error)) {
      this.#promised++;
      this.#take()?.resolve(undefined);
      this.#child = this.#start();
      this.#unsent = '';
      for (let request = this.#first; request !== undefined; request = request.next)
        this.#unsent += `${request.name}\n`;
      this.#send();
      if (this.#closing) this.#child.stdin.end();
    } else {
      const hint = PROMISED.test(error) ? 'This clone is partial. Fetch the objects: git fetch --refetch.' : undefined;
      this.#fail(new GitError(3, `git cat-file ended early: ${error}`, hint));
      this.#onClosed();
    }
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
    if (this.#first === undefined) this.#limit.end();
    else this.#limit.start();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#limit.end();
    this.#child.kill('SIGKILL');
    for (let request = this.#take(); request !== undefined; request = this.#take()) request.reject(this.#failure);
  }
}
