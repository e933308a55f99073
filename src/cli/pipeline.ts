import { appendFile, readFile } from 'node:fs/promises';
import { eventOf, vendorOf } from '../ci/detect.ts';
import type { Event, Vendor } from '../ci/event.ts';
import { forVendor, type UnderReview, underReview } from '../ci/range.ts';
import { atReview } from '../gate/at-review.ts';
import { isDeploying } from '../gate/deploying.ts';
import { GitError } from '../git/error.ts';
import { openRepository } from '../git/repository.ts';
import type { Known } from '../lint.ts';
import { isPolicyChange } from '../policy/guard.ts';
import { outputLines } from '../report/outputs.ts';
import type { Result } from '../report/result.ts';
import type { Report } from './arguments.ts';
import { type Telling, tell } from './check.ts';
import { COLOR_MODES } from './color.ts';
import { EXPLANATIONS, reportFor } from './formats.ts';
import { EXIT, type Io } from './io.ts';
import { folderOf, oneOf } from './options.ts';
import { ReportLost } from './refusal.ts';

/** Options of `ci` and of `merge`. */
export const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string', multiple: true },
  output: { type: 'string', multiple: true },
  cwd: { type: 'string' },
  color: { type: 'string' },
} as const;

/** What is under review, and whether the branch that it goes into deploys. */
export interface Considered {
  readonly vendor: Vendor;
  readonly cwd: string;
  readonly about: UnderReview;
  readonly lands: boolean;
}

/** The values of the options that `ci` and `merge` share. */
interface Values {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cwd?: string | undefined;
  readonly color?: string | undefined;
}

/** What this pipeline has under review. Throws `GitError` where that cannot be told. */
export async function considered({ from, to, cwd: folder }: Values, io: Io): Promise<Considered> {
  const cwd = await folderOf(folder, io.cwd);
  const vendor = from === undefined ? vendorOf(io.env) : 'plain';
  const event = from === undefined ? await eventHere(io) : namedEvent(from, to);
  return { vendor, cwd, ...(await look({ event, vendor, cwd }, io)) };
}

/** Judges it and tells of it in each report; the exit code. */
export async function review(
  asked: Considered,
  { color, reports: named }: { readonly color: string | undefined; readonly reports: readonly Report[] },
  io: Io,
  known?: Known,
): Promise<number> {
  const reports = withLog(named);
  const isExplained = reports.some(({ format }) => EXPLANATIONS.has(format));
  const result = await judge(asked, { isExplained, known }, io);
  const exitCode = exitCodeOf(result);
  const telling: Telling = {
    name: 'check',
    reports,
    color: oneOf('--color', color, COLOR_MODES, 'auto'),
    quiet: false,
    failed: exitCode !== EXIT.clean,
  };
  await tell(result, telling, io);
  if (asked.vendor === 'github') await tellGithub(result, reports.some(isLog), io);
  return exitCode;
}

/** Between revisions that a person or another pipeline names. */
function namedEvent(base: string, head = 'HEAD'): Event {
  const target = /^origin\/(.+)$/.exec(base)?.[1];
  const name = target === undefined ? `${base}..${head}` : head;
  return { kind: 'proposal', name, target, base, head, merged: head };
}

function eventHere({ env }: Io): Promise<Event> {
  return eventOf(env, async () => {
    try {
      return await readFile(env.GITHUB_EVENT_PATH ?? '', 'utf8');
    } catch {
      throw new GitError(3, 'the event of this run cannot be read: GITHUB_EVENT_PATH names no file');
    }
  });
}

/** The log of a pipeline tells what files alone would leave unsaid. */
function withLog(reports: readonly Report[]): Report[] {
  const isTold = reports.some(({ file }) => file === undefined);
  return isTold ? [...reports] : [{ format: 'text', file: undefined }, ...reports];
}

function isLog({ format, file }: Report): boolean {
  return format === 'text' && file === undefined;
}

async function judge(
  { vendor, cwd, about, lands }: Considered,
  { isExplained, known }: { readonly isExplained: boolean; readonly known: Known | undefined },
  io: Io,
): Promise<Result> {
  const { question: subject, name, branch } = about;
  const { lint } = await import('../lint.ts');
  const now = io.now();
  const request = { subject, cwd, env: io.env, home: io.home, config: undefined, now, explained: isExplained };
  try {
    const result = await lint({ ...request, policy: 'guard', ...(known && { known }) });
    const isChanged = result.findings.some(isPolicyChange);
    const proposed = isChanged ? await lint({ ...request, policy: 'proposed', explained: false }) : undefined;
    return { ...result, review: atReview(result, { vendor, name, branch, lands, now, proposed }) };
  } catch (error) {
    throw forVendor(error, vendor);
  }
}

/** What the event stands for in this clone, and whether that deploys. Where no branch is known, it may. */
async function look(
  { event, vendor, cwd }: Pick<Considered, 'vendor' | 'cwd'> & { readonly event: Event },
  { env }: Io,
): Promise<Pick<Considered, 'about' | 'lands'>> {
  const repository = await openRepository({ cwd, env });
  try {
    const about = await underReview(event, { repository, vendor });
    const defaultBranch = event.kind === 'push' ? event.defaultBranch : undefined;
    const where = { repository, env, defaultBranch: defaultBranch ?? (await repository.defaultBranch('origin')) };
    const lands = about.branch === undefined || (await isDeploying(about.branch, repository.tree(about.base), where));
    return { about, lands };
  } finally {
    await repository.close();
  }
}

function exitCodeOf({ incomplete, review }: Result): number {
  if (incomplete.length > 0) return EXIT.incomplete;
  return review?.passes === true ? EXIT.clean : EXIT.found;
}

/** What GitHub takes besides the log: docs.github.com, "Workflow commands for GitHub Actions", environment files. */
async function tellGithub(result: Result, withAnnotations: boolean, io: Io): Promise<void> {
  const { GITHUB_STEP_SUMMARY, GITHUB_OUTPUT } = io.env;
  if (withAnnotations) io.stdout.write(await reportFor('github', result, io));
  if (GITHUB_STEP_SUMMARY) await append(GITHUB_STEP_SUMMARY, await reportFor('markdown', result, io));
  if (GITHUB_OUTPUT) await append(GITHUB_OUTPUT, outputLines(result));
}

async function append(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text);
  } catch (error) {
    throw new ReportLost(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
