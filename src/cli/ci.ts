import { appendFile, readFile } from 'node:fs/promises';
import { eventOf, vendorOf } from '../ci/detect.ts';
import type { Event, Vendor } from '../ci/event.ts';
import { forVendor, type UnderReview, underReview } from '../ci/range.ts';
import { atReview } from '../gate/at-review.ts';
import { isDeploying } from '../gate/deploying.ts';
import { GitError } from '../git/error.ts';
import { openRepository } from '../git/repository.ts';
import { outputLines } from '../report/outputs.ts';
import type { Result } from '../report/result.ts';
import { type Report, reportsOf } from './arguments.ts';
import { folderOf, type Telling, tell } from './check.ts';
import { COLOR_MODES } from './color.ts';
import type { Command } from './command.ts';
import { EXPLANATIONS, reportFor } from './formats.ts';
import { EXIT, type Io } from './io.ts';
import { oneOf, parseOptions, refuseRest } from './options.ts';
import { ReportLost } from './refusal.ts';

const command: Command = {
  help: `deploy-lint ci: what a pipeline has under review, judged by the policy of the branch that it goes into

  It knows GitHub Actions, GitLab CI, Jenkins, Azure Pipelines and Bitbucket Pipelines by their variables; anywhere else
  it compares HEAD with the remote's default branch. On GitHub it also writes annotations, the step's summary, and the
  outputs risk, passes, autoMergeable, autoMergeBars and labels.

  --from REV                 the branch or commit that it goes into, instead of what the pipeline says
  --to REV                   what goes into it (default HEAD)
  --format FORMAT            as for the check; dotenv for later jobs of GitLab; repeatable
  --output FILE              where the format before it goes; where nothing goes to stdout, text does
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

Exit codes: 0 passes, 1 stopped, 2 usage or configuration, 3 incomplete, or not to be compared in this clone
`,
  run: async (argv, io) => {
    const { values, positionals, tokens } = parseOptions(argv, {
      from: { type: 'string' },
      to: { type: 'string' },
      format: { type: 'string', multiple: true },
      output: { type: 'string', multiple: true },
      cwd: { type: 'string' },
      color: { type: 'string' },
    });
    refuseRest(positionals);
    const cwd = await folderOf(values.cwd, io.cwd);
    const vendor = values.from === undefined ? vendorOf(io.env) : 'plain';
    const event = values.from === undefined ? await eventHere(io) : namedEvent(values.from, values.to);
    const reports = withLog(reportsOf(tokens));
    const result = await judge(
      { event, vendor, cwd, isExplained: reports.some(({ format }) => EXPLANATIONS.has(format)) },
      io,
    );
    const exitCode = exitCodeOf(result);
    const color = oneOf('--color', values.color, COLOR_MODES, 'auto');
    const telling: Telling = { name: 'check', reports, color, quiet: false, failed: exitCode !== EXIT.clean };
    await tell(result, telling, io);
    if (vendor === 'github') await tellGithub(result, reports.some(isLog), io);
    return exitCode;
  },
};

export default command;

/** The log of a pipeline tells what files alone would leave unsaid. */
function withLog(reports: readonly Report[]): Report[] {
  const isTold = reports.some(({ file }) => file === undefined);
  return isTold ? [...reports] : [{ format: 'text', file: undefined }, ...reports];
}

function isLog({ format, file }: Report): boolean {
  return format === 'text' && file === undefined;
}

/** Between revisions that a person or another pipeline names. */
function namedEvent(base: string, head = 'HEAD'): Event {
  return { kind: 'proposal', name: head, target: undefined, base, head, merged: head };
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

interface Asked {
  readonly event: Event;
  readonly vendor: Vendor;
  readonly cwd: string;
  readonly isExplained: boolean;
}

async function judge(asked: Asked, io: Io): Promise<Result> {
  const { vendor, cwd, isExplained } = asked;
  const { about, lands } = await look(asked, io);
  const { question: subject, name, branch } = about;
  const { lint } = await import('../lint.ts');
  const now = io.now();
  const request = { subject, cwd, env: io.env, home: io.home, config: undefined, now, explained: isExplained };
  try {
    const result = await lint({ ...request, policy: 'guard' });
    const isChanged = result.findings.some(({ rule }) => rule === 'policy-changed');
    const proposed = isChanged ? await lint({ ...request, policy: 'proposed', explained: false }) : undefined;
    return { ...result, review: atReview(result, { vendor, name, branch, lands, now, proposed }) };
  } catch (error) {
    throw forVendor(error, vendor);
  }
}

/** What the event stands for in this clone, and whether that deploys. Where no branch is known, it may. */
async function look({ event, vendor, cwd }: Asked, { env }: Io): Promise<{ about: UnderReview; lands: boolean }> {
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
