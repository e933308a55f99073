import { atPush } from '../gate/at-push.ts';
import { isDeploying } from '../gate/deploying.ts';
import { branchOf, type PushedRef, parsePushedRefs } from '../gate/pushed-refs.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { Question } from '../git/sides.ts';
import { answerLines } from '../report/answer.ts';
import { count, type Line, painted, print } from '../report/line.ts';
import type { Answer } from '../report/objection.ts';
import type { Result } from '../report/result.ts';
import { readable, reportText } from '../report/text.ts';
import type { HookRun } from './hook-run.ts';
import { EXIT, type Io } from './io.ts';

/** One branch that the push changes and that deploys. */
interface Push {
  readonly branch: string;
  /** What becomes of it; undefined where it is deleted. */
  readonly subject: Question | undefined;
  /** Commits that the branch has and loses. */
  readonly lost: readonly string[];
}

/** Judges what is pushed to branches that deploy; all else goes through without a word. */
export async function prePush(run: HookRun, io: Io): Promise<number> {
  const [remote = io.env.PRE_COMMIT_REMOTE_NAME ?? 'origin'] = run.args;
  const refs = refsOf(await io.stdin(), io.env);
  const codes: number[] = [];
  for (const push of await pushesOf(refs, remote, io)) codes.push(await judge(push, run, io));
  return Math.max(EXIT.clean, ...codes);
}

/** pre-commit, the framework, reads git's lines itself and hands one of them on in the environment. */
function refsOf(stdin: string, env: Io['env']): PushedRef[] {
  const { PRE_COMMIT_TO_REF: local, PRE_COMMIT_FROM_REF: remote, PRE_COMMIT_REMOTE_BRANCH: remoteRef } = env;
  if (stdin.trim() !== '' || local === undefined || remoteRef === undefined) return parsePushedRefs(stdin);
  return [{ localRef: env.PRE_COMMIT_LOCAL_BRANCH ?? '', local, remoteRef, remote }];
}

async function pushesOf(refs: readonly PushedRef[], remote: string, io: Io): Promise<Push[]> {
  const branches = refs.flatMap(ref => {
    const branch = branchOf(ref.remoteRef);
    return branch === undefined ? [] : [{ ...ref, branch }];
  });
  if (branches.length === 0) return [];
  const repository = await openRepository({ cwd: io.cwd, env: io.env });
  try {
    const where = { repository, env: io.env, defaultBranch: await repository.defaultBranch(remote) };
    const pushes: Push[] = [];
    for (const ref of branches) {
      const commit = await repository.commit(ref.remote ?? ref.local ?? 'HEAD');
      if (!(await isDeploying(ref.branch, repository.tree(commit), where))) continue;
      pushes.push(await pushOf(ref, remote, repository));
    }
    return pushes;
  } finally {
    await repository.close();
  }
}

async function pushOf(
  { branch, local, remote: old }: PushedRef & { readonly branch: string },
  remote: string,
  repository: Repository,
): Promise<Push> {
  if (local === undefined) return { branch, subject: undefined, lost: [] };
  const from = old ?? (await repository.published(local, remote));
  // Nothing of the remote is known: there is no change to judge, but a tree that will be applied as it stands.
  if (from === undefined) return { branch, subject: { kind: 'tree', rev: local }, lost: [] };
  const lost = old === undefined ? [] : await repository.commits(local, old);
  return {
    branch,
    subject: { kind: 'range', from, to: local, moves: true },
    lost: lost.map(({ oid, subject }) => `${oid.slice(0, 8)} ${subject}`),
  };
}

async function judge({ branch, subject, lost }: Push, run: HookRun, io: Io): Promise<number> {
  if (subject === undefined) return show(run, io, undefined, deletion(branch), branch);
  const result = await run.ask(subject);
  const answer = atPush(result, io.now());
  const taken = lost.length === 0 ? [] : [{ what: `${branch} loses commits: ${lost.join(', ')}`, why: [], goOn: [] }];
  return show(run, io, result, { ...answer, notes: [...taken, ...answer.notes] }, branch);
}

function deletion(branch: string): Answer {
  const say = 'Let what follows it follow another branch first, and push that.';
  const what = `${branch} is deleted, and what follows it can no longer be synced`;
  return { differs: [], stops: [{ what, why: [], goOn: [{ say, copy: [] }] }], notes: [] };
}

/** What goes through was told when it was committed, so a line is enough. */
function show({ palette }: HookRun, io: Io, result: Result | undefined, answer: Answer, branch: string): number {
  const width = io.columns ?? 80;
  const failed = answer.stops.length > 0 || (result?.incomplete.length ?? 0) > 0;
  const lines = answerLines(answer, `${branch} is not pushed`, readable(width));
  if (result !== undefined && failed) io.stdout.write(reportText(result, { width, palette, failed }));
  else if (result !== undefined) io.stdout.write(print([summary(result, branch)], palette));
  io.stderr.write(
    print(
      lines.flatMap((block): Line[] => [[], ...block]),
      palette,
    ),
  );
  if (answer.stops.length > 0) return EXIT.found;
  return failed ? EXIT.incomplete : EXIT.clean;
}

/** `deploy-lint  low  main: 2 commits` */
function summary({ subject, verdict: { level }, units, commits }: Result, branch: string): Line {
  const what =
    subject.kind === 'tree' ? `new, ${count(units.length, 'unit')} as they stand` : count(commits.length, 'commit');
  const risk: Line = level === 'none' ? [] : ['  ', painted(level, level)];
  return ['deploy-lint', ...risk, `  ${branch}: ${what}`];
}
