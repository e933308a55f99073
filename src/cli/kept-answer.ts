import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../gitops/cache.ts';
import { readOwnFile, writeOwnFile } from '../gitops/own-file.ts';
import type { Considered } from '../lint.ts';
import type { Result } from '../report/result.ts';
import type { Io } from './io.ts';

/** What a run prints, and how it ends. */
export interface Answer {
  readonly text: string;
  readonly exitCode: number;
}

/** How a result is told. */
export interface Teller {
  /** All that decides it, beyond the result and the width; undefined where a file outside of the repository does. */
  readonly profile: readonly unknown[] | undefined;
  readonly tell: (result: Result) => Promise<Answer>;
}

/** The last answer of a repository. */
const NAME = 'answer';
/** The number changes with what is kept. */
const VERSION = 'deploy-lint answer 1';
/** So long it holds: what it says of times, a soak on staging or the end of an allowance, is no older than this. */
const MINUTES = 10;

/**
 * Prints the answer to a question about what is staged, and keeps it: who asks the same of the same content again, as
 * when a message was refused, need not wait for it to be worked out. What a Secret holds is in no report, and so not here.
 */
export async function printStaged(question: Considered, io: Io, { profile, tell }: Teller): Promise<number> {
  const folder = cacheFolder({ top: question.top, env: io.env });
  const heading = headingFor(question, profile, io);
  const isKept = folder !== undefined && heading !== undefined;
  const kept = isKept ? read(join(folder, NAME), heading) : undefined;
  if (kept !== undefined) {
    io.stdout.write(kept.text);
    return kept.exitCode;
  }
  const result = await question.result();
  const answer = await tell(result);
  io.stdout.write(answer.text);
  // What could not be read this time may be there the next time.
  if (isKept && result.incomplete.length === 0) await write(folder, heading, answer);
  return answer.exitCode;
}

/**
 * Undefined where nothing is kept: in CI, where the cache may be one that a pull request wrote to; and where the program
 * is not the shipped one, which alone tells by its file when it is another.
 */
function headingFor(
  { top, stagedId }: Considered,
  profile: Teller['profile'],
  { home, env, now, columns }: Io,
): string | undefined {
  if (stagedId === undefined || profile === undefined || env.CI !== undefined) return undefined;
  const program = statSync(join(home, 'dist', 'program.js'), { throwIfNoEntry: false });
  if (program === undefined) return undefined;
  const time = Math.floor(now().getTime() / (MINUTES * 60_000));
  const asked = [program.size, program.ctimeMs, top, stagedId, profile, columns, time];
  return `${VERSION} ${createHash('sha256').update(JSON.stringify(asked)).digest('hex')}`;
}

function read(path: string, heading: string): Answer | undefined {
  const content = readOwnFile(path, heading);
  return content && JSON.parse(content.toString('utf8'));
}

async function write(folder: string, heading: string, answer: Answer): Promise<void> {
  const content = Buffer.from(JSON.stringify(answer));
  await writeOwnFile({ folder, name: NAME, heading, content }).catch(() => {
    // It only saves time.
  });
}
