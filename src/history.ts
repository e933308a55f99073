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
export async function historyOf({ from, to, cwd, env, home, config, onStep }: HistoryRequest): Promise<Past> {
  const repository = await openRepository({ cwd, env, keeps: true });
  try {
    const [first, last] = await Promise.all([repository.commit(from), repository.commit(to)]);
    const tree = repository.tree(last);
    const end = { before: tree, after: tree, files: [], start: undefined, commit: undefined, message: undefined };
    const policy = await policyOf(end, config === undefined ? undefined : { path: config, cwd });
    const context = contextOf(policy, { repository, env, home, now: undefined });
    const steps = await repository.steps(first.oid, last.oid);
    const commits: PastCommit[] = [];
    for (const commit of steps) {
      onStep(commits.length, steps.length);
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
    return { from: first.oid, to: last.oid, commits };
  } finally {
    await repository.close();
  }
}
