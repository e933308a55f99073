import type { Commit } from './git/parse-object.ts';
import { openRepository } from './git/repository.ts';
import { between } from './git/sides.ts';
import { contextOf, dateOf, judge } from './judge.ts';
import type { Request } from './lint.ts';
import { policyOf } from './policy/policy.ts';
import { type Past, type PastCommit, pastFinding } from './report/history/past.ts';
import { hasSecondThread, type Ran, runInSecondThread, type SecondThread } from './second-thread.ts';

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
  let newer: SecondThread | undefined;
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
    if (newer !== undefined) commits.push(...commitsOf(await newer.ran));
    return { from: first.oid, to: last.oid, commits };
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
  return steps.length < MANY || !hasSecondThread(home) ? steps.length : Math.ceil(steps.length / 2);
}

/** The steps of a range, judged by the same program beside this one. */
function inThread(range: string, { cwd, env, home, config }: HistoryRequest): SecondThread {
  const given = config === undefined ? [] : ['--config', config];
  return runInSecondThread(['history', range, '--format', 'json', '--cwd', cwd, ...given], { env, home });
}

function commitsOf({ exitCode, stdout, stderr }: Ran): readonly PastCommit[] {
  if (exitCode !== 0 && exitCode !== 3) throw new Error(`the newer half of the history could not be judged: ${stderr}`);
  return JSON.parse(stdout.join('')).commits;
}
