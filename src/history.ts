import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Commit } from './git/parse-object.ts';
import { openRepository } from './git/repository.ts';
import { between } from './git/sides.ts';
import { contextOf, dateOf, judge } from './judge.ts';
import type { Request } from './lint.ts';
import { policyOf } from './policy/policy.ts';
import { programOf } from './program.ts';
import { type Past, type PastCommit, pastFinding } from './report/history/past.ts';

export interface HistoryRequest extends Pick<Request, 'cwd' | 'env' | 'home' | 'config'> {
  readonly from: string;
  readonly to: string;
  /** Called before each step with the number of those that are done. */
  readonly onStep: (done: number, of: number) => void;
}

/**
 * What each step of the past would be judged as now: along first parents, so that what a merge brings counts once, by
 * the configuration of `to` and each as of its own date. Throws `GitError` and `ConfigError` for what cannot be asked.
 */
export async function historyOf(asked: HistoryRequest): Promise<Past> {
  const { from, to, cwd, env, home, config, onStep } = asked;
  const repository = await openRepository({ cwd, env, keeps: true });
  let newer: Newer | undefined;
  try {
    const [first, last] = await Promise.all([repository.commit(from), repository.commit(to)]);
    const tree = repository.tree(last);
    const end = { before: tree, after: tree, files: [], start: undefined, commit: undefined, message: undefined };
    const policy = await policyOf(end, config === undefined ? undefined : { path: config, cwd });
    const context = contextOf(policy, { repository, env, home, now: undefined });
    const steps = await repository.steps(first.oid, last.oid);
    const half = halfOf(steps, home);
    const [middle] = steps.slice(half);
    newer = middle === undefined ? undefined : inThread(`${middle.parents[0]}..${last.oid}`, asked);
    const older = steps.slice(0, half);
    const commits: PastCommit[] = [];
    for (const commit of older) {
      onStep(Math.round((commits.length / older.length) * steps.length), steps.length);
      const sides = await between(repository, commit.parents[0], commit);
      const { verdict, findings, incomplete } = await judge(
        sides,
        { ...context, now: dateOf(commit) },
        'commit',
        false,
      );
      commits.push({
        commit: commit.oid,
        date: commit.date,
        title: commit.subject,
        level: verdict.level,
        reasons: verdict.reasons.map(({ title }) => title),
        findings: findings.map(pastFinding),
        incomplete: incomplete.map(({ why }) => why),
      });
    }
    return { from: first.oid, to: last.oid, commits: [...commits, ...((await newer?.commits) ?? [])] };
  } finally {
    // Where the older half fails, that is the answer.
    await newer?.end();
    await repository.close();
  }
}

/** Fewer steps take less time than a second start. */
const MANY = 200;

/** How many of the steps, the oldest, are judged here: all, or half where another thread can take the others. */
function halfOf(steps: readonly Commit[], home: string): number {
  const isAlone = steps.length < MANY || !isMainThread || availableParallelism() < 2 || !existsSync(programOf(home));
  return isAlone ? steps.length : Math.ceil(steps.length / 2);
}

/** The newer half of the steps, on its way. */
interface Newer {
  readonly commits: Promise<readonly PastCommit[]>;
  /** Ends it, whether or not anybody waits for the commits. */
  readonly end: () => Promise<unknown>;
}

/** The steps of a range, judged by the same program beside this one. */
function inThread(range: string, { cwd, env, home, config }: HistoryRequest): Newer {
  const given = config === undefined ? [] : ['--config', config];
  const argv = ['history', range, '--format', 'json', '--cwd', cwd, ...given];
  const worker = new Worker(programOf(home), { argv, env, stdout: true, stderr: true });
  const commits = commitsOf(worker);
  commits.catch(() => {});
  return { commits, end: () => worker.terminate() };
}

async function commitsOf(worker: Worker): Promise<readonly PastCommit[]> {
  const [[code], stdout, stderr] = await Promise.all([once(worker, 'exit'), text(worker.stdout), text(worker.stderr)]);
  if (code !== 0 && code !== 3) throw new Error(`the newer half of the history could not be judged: ${stderr}`);
  return JSON.parse(stdout).commits;
}
