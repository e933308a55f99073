import { messageOf } from './git/message.ts';
import { newerChanges } from './git/newer.ts';
import { openRepository, type Repository } from './git/repository.ts';
import { type Answerable, type Question, type Sides, sidesOf } from './git/sides.ts';
import { type Context, contextOf, dateOf, inspect, judge } from './judge.ts';
import { policyOf } from './policy/policy.ts';
import type { Newer, Result, Subject } from './report/result.ts';
import { inOrder } from './rule/run.ts';

export interface Request {
  readonly subject: Question;
  /** An absolute folder in the repository. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The package's folder, which holds the schemas. */
  readonly home: string;
  /** A configuration file on disk, from the command line; undefined for the one that the repository holds. */
  readonly config: string | undefined;
  /**
   * `guard`: what the change allows itself does not count, and what it does to the policy is a finding. `proposed`: by the
   * policy of the change itself, to see what that would say. Absent for the policy before the change, with its word on
   * its own mistakes.
   */
  readonly policy?: 'guard' | 'proposed';
  /** The moment that counts as now; where it is absent, a commit is judged as of its own date. */
  readonly now?: Date;
  readonly known?: Known;
  /** Also gather what only a reader of the explanation asks: what came after the commit, and what to look at. */
  readonly explained?: boolean;
  /** Called as the work goes on: files that are read, units that are compared, for a range the commits. */
  readonly onProgress?: ((done: number, of: number, what: string) => void) | undefined;
}

/** What other runs have said. */
export interface Known {
  /** Of commits of the range, by their object ids. */
  readonly commits?: ReadonlyMap<string, KnownCommit>;
  /** The numbers of objects of units of a tree in which nothing was found, by their place. */
  readonly units?: (place: number) => number | undefined;
}

/** What is told of a commit of a range that has no finding of its own. */
export type KnownCommit = Pick<Result['commits'][number], 'verdict' | 'errors'>;

/** A question whose two sides are found, and which is still to be answered. */
export interface Considered {
  readonly isAnythingChanged: boolean;
  readonly result: () => Promise<Result>;
}

/** Answers a question about a repository. Throws `GitError` and `ConfigError` for what cannot be asked. */
export function lint(request: Request): Promise<Result> {
  return consider(request, ({ result }) => result());
}

/** The same for who may know the answer by what is asked: `use` need not work it out. */
export async function consider<Answer>(
  request: Request,
  use: (question: Considered) => Promise<Answer>,
): Promise<Answer> {
  const { subject, cwd, env } = request;
  const isStaged = subject.kind === 'staged';
  const repository = await openRepository({ cwd, env, ...(isStaged ? { soon: 'staged' } : { keeps: true }) });
  try {
    const answerable = await sidesOf(repository, subject);
    return await use({
      isAnythingChanged: answerable.sides.files.length > 0,
      result: () => resultOf(answerable, request, repository),
    });
  } finally {
    await repository.close();
  }
}

async function resultOf(answerable: Answerable, request: Request, repository: Repository): Promise<Result> {
  const { cwd, env, home, config, policy: way, now, known, explained, onProgress } = request;
  const named = config === undefined ? undefined : { path: config, cwd };
  const { kind, sides, parts } = answerable;
  const policy = await policyOf(way === 'proposed' ? { ...sides, before: sides.after, files: [] } : sides, named);
  const context = contextOf(policy, { repository, env, home, now: now ?? dateOf(answerable.head), onProgress });
  const whole = kind === 'tree' ? await inspect(sides, context, known?.units) : await judge(sides, context, kind);
  const commits: Result['commits'][number][] = [];
  const findings = [...whole.findings];
  // What another policy would say of the whole is all that is asked of it.
  for (const part of way === 'proposed' ? [] : parts) {
    onProgress?.(commits.length, parts.length, 'commits');
    const said = known?.commits?.get(part.commit?.oid ?? '');
    const own =
      said === undefined
        ? await judgeCommit(part, { ...context, onProgress: undefined })
        : { known: said, findings: [] };
    commits.push(line(part, own.known));
    if (kind === 'range') findings.push(...own.findings);
  }
  const result = {
    subject: subjectOf(answerable),
    config: policy.config,
    ...whole,
    findings: inOrder(findings),
    newer: explained === true ? await newerThan(answerable, repository) : undefined,
    commits,
  };
  if (way !== 'guard') return result;
  const { guarded } = await import('./gate/guarded.ts');
  return guarded(result, sides);
}

/** A commit of a range, or a merge against a further parent, and the findings about it as a commit. */
export async function judgeCommit(part: Sides, context: Context) {
  const { verdict, findings } = await judge(part, context, 'commit', false);
  const known: KnownCommit = { verdict, errors: findings.filter(({ severity }) => severity === 'error').length };
  return { known, findings: findings.filter(({ commit }) => commit !== undefined) };
}

/** The same in one line. */
function line({ commit, message }: Sides, known: KnownCommit): Result['commits'][number] {
  return {
    commit: commit?.oid ?? '',
    title: commit?.subject ?? '',
    message: message ?? messageOf({ subject: '', body: '' }),
    isMerge: (commit?.parents.length ?? 0) > 1,
    ...known,
  };
}

async function newerThan({ sides, head }: Answerable, repository: Repository): Promise<Newer | undefined> {
  const found = head === undefined ? undefined : await newerChanges(repository, sides, head.oid);
  return found && { ...found, commits: found.commits.map(({ oid, subject }) => ({ oid, subject })) };
}

function subjectOf({ kind, head, base }: Answerable): Subject {
  return {
    kind,
    commit: head?.oid,
    title: head?.subject,
    base,
    parents: kind === 'commit' ? (head?.parents ?? []) : [],
  };
}
