import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Commit } from './git/parse-object.ts';
import { openRepository } from './git/repository.ts';
import { between } from './git/sides.ts';
import { contextOf, dateOf, judge } from './judge.ts';
import type { Request } from './lint.ts';
import { policyOf } from './policy/policy.ts';
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
  try {
    const [first, last] = await Promise.all([repository.commit(from), repository.commit(to)]);
    const tree = repository.tree(last);
    const end = { before: tree, after: tree, files: [], start: undefined, commit: undefined, message: undefined };
    const policy = await policyOf(end, config === undefined ? undefined : { path: config, cwd });
    const context = contextOf(policy, { repository, env, home, now: undefined });
    const steps = await repository.steps(first.oid, last.oid);
    const half = halfOf(steps, home);
    const [middle] = steps.slice(half);
    const newer = middle === undefined ? undefined : inThread(`${middle.parents[0]}..${last.oid}`, asked);
    // Where the older half fails, that is the answer.
    newer?.catch(() => {});
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
    return { from: first.oid, to: last.oid, commits: [...commits, ...((await newer) ?? [])] };
  } finally {
    await repository.close();
  }
}

/** Fewer steps take less time than a second start. */
const MANY = 200;

function programOf(home: string): string {
  return join(home, 'dist', 'deploy-lint.cjs');
}

/** How many of the steps, the oldest, are judged here: all, or half where another thread can take the others. */
function halfOf(steps: readonly Commit[], home: string): number {
  const isAlone = steps.length < MANY || !isMainThread || availableParallelism() < 2 || !existsSync(programOf(home));
  return isAlone ? steps.length : Math.ceil(steps.length / 2);
}

/** The steps of a range, judged by the same program beside this one. */
async function inThread(range: string, { cwd, env, home, config }: HistoryRequest): Promise<readonly PastCommit[]> {
  const argv = [
    'history',
    range,
    '--format',
    'json',
    '--cwd',
    cwd,
    ...(config === undefined ? [] : ['--config', config]),
  ];
  const worker = new Worker(programOf(home), { argv, env, stdout: true, stderr: true });
  const [[code], stdout, stderr] = await Promise.all([once(worker, 'exit'), text(worker.stdout), text(worker.stderr)]);
  if (code !== 0 && code !== 3) throw new Error(`the newer half of the history could not be judged: ${stderr}`);
  return JSON.parse(stdout).commits;
}
