import type { Rendered } from '../kustomize/rendered.ts';
import { isLimit, type Mistake, type Problem } from '../yaml/problem.ts';
import type { Statement } from './statement.ts';

/** Mistakes with which the build still goes through. */
const BUILDS: ReadonlySet<Problem['code']> = new Set<Mistake>([
  'images-entry-matches-nothing',
  'duplicate-key',
  'ambiguous-yaml',
]);

/** The problems with which Argo CD cannot build the unit after the commit, and which were not there before it. */
export function newRefusals(before: Rendered | undefined, after: Rendered | undefined): Problem[] {
  return newProblems(before, after).filter(isRefusal);
}

/** The build was refused before the commit and goes through after it, so what was in the cluster is not known. */
export function isMended(before: Rendered | undefined, after: Rendered | undefined): boolean {
  return before?.problems.some(isRefusal) === true && after?.problems.some(isRefusal) === false;
}

/** Whether the build stops at the problem. */
export function isRefusal(problem: Problem): boolean {
  return !isLimit(problem) && !BUILDS.has(problem.code);
}

/** The files of which the build knows nothing, or less than they hold. */
export function unreadFiles({ problems }: Rendered): Set<string> {
  return new Set(problems.filter(isLimit).map(({ unread, span }) => unread ?? span.source.file));
}

/** What can no longer be built, and what could not be read. */
export function problemStatements(before: Rendered | undefined, after: Rendered | undefined): Statement[] {
  const refusals = newRefusals(before, after).map((problem): Statement => {
    return { kind: 'unknown', move: 'now-fails', subject: problem.message, span: problem.span, side: 'after' };
  });
  const unread = newProblems(before, after).filter(isLimit);
  const unknown = unread.map((problem): Statement => {
    return { kind: 'unknown', move: 'content', subject: problem.message, span: problem.span, side: 'after' };
  });
  return [...refusals, ...unknown, ...mendedStatements(before, after)];
}

/** The cluster has what came out of the last build that went through, which may be any earlier commit's. */
function mendedStatements(before: Rendered | undefined, after: Rendered | undefined): Statement[] {
  const [mistake] = before?.problems.filter(isRefusal) ?? [];
  if (mistake === undefined || after === undefined || !isMended(before, after)) return [];
  const number = after.objects.length === 1 ? '1 object' : `${after.objects.length} objects`;
  const subject = `${number}; before this commit it could not be built: ${mistake.message}`;
  return [{ kind: 'unknown', move: 'now-builds', subject, span: mistake.span, side: 'before' }];
}

function newProblems(before: Rendered | undefined, after: Rendered | undefined): Problem[] {
  const known = new Set(before?.problems.map(keyOf));
  const seen = new Map(after?.problems.map(problem => [keyOf(problem), problem]));
  return [...seen].flatMap(([key, problem]) => (known.has(key) ? [] : problem));
}

/** A mistake that a commit moves to another line is the same mistake. */
function keyOf({ code, message, span }: Problem): string {
  return `${code} ${span.source.file} ${message.replaceAll(/\bat \d+:\d+/g, 'at a place')}`;
}
