import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { isMainThread, Worker } from 'node:worker_threads';
import { programOf } from './program.ts';

/** What a run of the program printed and how it ended. */
export interface Ran {
  readonly exitCode: number;
  /** In pieces: together they can be longer than a string may be. */
  readonly stdout: readonly string[];
  readonly stderr: string;
}

/** A run on its way. */
export interface SecondThread {
  readonly ran: Promise<Ran>;
  /** Ends it, whether or not anybody waits for what it prints. */
  readonly end: () => Promise<unknown>;
}

/** Whether half of the work can be done beside this thread: on another core, by the program in the package's folder. */
export function hasSecondThread(home: string): boolean {
  return isMainThread && availableParallelism() >= 2 && existsSync(programOf(home));
}

/** Runs the program with these arguments in another thread. */
export function runInSecondThread(
  argv: string[],
  { env, home }: { readonly env: NodeJS.ProcessEnv; readonly home: string },
): SecondThread {
  const worker = new Worker(programOf(home), { argv, env, stdout: true, stderr: true });
  const ran = ranBy(worker);
  // Who fails meanwhile does not wait for it.
  ran.catch(() => {});
  return { ran, end: () => worker.terminate() };
}

async function ranBy(worker: Worker): Promise<Ran> {
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(worker, 'exit'),
    worker.stdout.setEncoding('utf8').toArray(),
    text(worker.stderr),
  ]);
  return { exitCode, stdout, stderr };
}
