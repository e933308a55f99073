import { atCommit } from '../gate/at-commit.ts';
import { declaredIn } from '../gate/declared.ts';
import { riskOf } from '../gate/gate.ts';
import { GitError } from '../git/error.ts';
import { messageOf } from '../git/message.ts';
import type { Repository } from '../git/repository.ts';
import type { CommitWriter } from '../git/write-commits.ts';
import { componentsOf, trackedVersions } from '../gitops/tracked.ts';
import type { Result } from '../report/result.ts';
import type { Row } from './check.ts';
import { editVersion } from './edit.ts';
import { bodyFor, bodyForAll, subjectFor, subjectForAll } from './message.ts';
import { SourceError } from './release.ts';

/** What became of one update. */
export interface Applied {
  readonly row: Row;
  /** Undefined where there is none. */
  readonly commit: string | undefined;
  /** The risk in words where it was committed, else why it was not. */
  readonly said: readonly string[];
}

export interface ApplyOptions {
  readonly repository: Repository;
  readonly writer: CommitWriter;
  /** Path of the list. */
  readonly list: string;
  /** The commit to build upon. */
  readonly head: string;
  /** Whether a person asked for this component by its name. */
  readonly isNamed: (row: Row) => boolean;
  /** Judges a commit that no branch has yet. */
  readonly lint: (commit: string) => Promise<Result>;
}

/** Subjects of the newest commits by which the team's convention is told. */
const SUBJECTS = 50;

/**
 * Makes a commit for each row on top of the one before, and judges each as the hooks and CI would. One that fails is left
 * out, and the next builds upon what was there before it. The branch does not move.
 */
export async function commitUpdates(rows: readonly Row[], options: ApplyOptions): Promise<Applied[]> {
  const applied: Applied[] = [];
  let parent = options.head;
  const subjects = await options.writer.subjects(SUBJECTS);
  for (const row of rows) {
    const done = await commitUpdate(row, parent, subjects, options);
    applied.push(done);
    parent = done.commit ?? parent;
  }
  return applied;
}

/**
 * The same as one commit, judged as a whole. Where that fails, nothing is committed: which of them it is cannot be told.
 */
export async function commitTogether(rows: readonly Row[], options: ApplyOptions): Promise<Applied[]> {
  const { head, writer, lint } = options;
  const applied = await commitUpdates(rows, options);
  const taken = applied.filter(({ commit }) => commit !== undefined);
  const last = taken.at(-1)?.commit;
  if (last === undefined || taken.length === 1) return applied;
  const updates = taken.map(({ row }) => row);
  const subject = subjectForAll(updates, await writer.subjects(SUBJECTS));
  const commit = (result: Result | undefined) =>
    writer.squash(head, last, `${subject}\n\n${bodyForAll(updates, result)}\n`);
  const result = await lint(await commit(undefined));
  const objections = objectionsTo(result, subject, bodyForAll(updates, undefined));
  const whole = objections.length === 0 ? await commit(result) : undefined;
  return applied.map(one =>
    one.commit === undefined ? one : { ...one, commit: whole, said: whole ? one.said : objections },
  );
}

async function commitUpdate(
  row: Row,
  parent: string,
  subjects: readonly string[],
  { repository, writer, list, lint, isNamed }: ApplyOptions,
): Promise<Applied> {
  const to = row.allowed?.version;
  const refused = (said: readonly string[]) => ({ row, commit: undefined, said });
  try {
    if (to === undefined) throw new SourceError('there is nothing that it may go to');
    const tree = repository.tree(await repository.commit(parent));
    const tracked = await trackedVersions(tree, await componentsOf(tree, list));
    const component = tracked.components.find(({ name }) => name.text === row.component.name.text);
    if (component === undefined) throw new SourceError('the list does not have it any more');
    const edited = await editVersion(component, to, tracked, tree);
    const subject = subjectFor(row, subjects);
    const commit = (body: string) => writer.commit({ parent, files: edited, message: `${subject}\n\n${body}\n` });
    const draft = bodyFor(row, undefined);
    const result = await lint(await commit(draft));
    const objections = objectionsTo(result, subject, draft);
    if (objections.length > 0) return refused(objections);
    const risk = riskOf(result.verdict);
    // Where the risk is more than the step alone tells, a person decides.
    if (result.verdict.level !== 'low' && !isNamed(row)) return refused([`${risk}, so it is taken where it is named`]);
    return { row, commit: await commit(bodyFor(row, result)), said: [risk] };
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof GitError)) throw error;
    return refused([error.message]);
  }
}

/** Why a person has to look at it: errors, what the gate asks for, and parts that could not be analysed. */
function objectionsTo(result: Result, subject: string, body: string): string[] {
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  const { stops } = atCommit(result, declaredIn(messageOf({ subject, body })), '');
  const told = [
    ...errors.map(({ rule, message }) => `${rule}: ${message}`),
    ...stops.map(({ what }) => what),
    ...result.incomplete.map(({ what }) => `not analysed: ${what}`),
  ];
  return [...new Set(told)];
}
