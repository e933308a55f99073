import { leftByRevert } from '../change/ways-back.ts';
import { riskOf } from '../gate/gate.ts';
import type { TrackedComponent } from '../gitops/components.ts';
import { escapeText } from '../report/escape.ts';
import { list } from '../report/line.ts';
import type { Result } from '../report/result.ts';
import type { Row } from './check.ts';
import { notesOf } from './origin.ts';

/** `chore(deps): ...`, as many teams begin every subject. */
const CONVENTIONAL = /^(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\([^)]*\))?!?: /;

/**
 * What the commit of an update is called: as the team's own subjects are where most of them follow Conventional Commits,
 * else with the mark of a script.
 *
 * @param subjects of the newest commits
 */
export function subjectFor({ component, allowed }: Row, subjects: readonly string[]): string {
  return inConvention(`bump ${nameOf(component)} from ${component.version.text} to ${allowed?.version}`, subjects);
}

/** Names as many components as a subject has room for. */
export function subjectForAll(rows: readonly Row[], subjects: readonly string[]): string {
  const names = rows.map(({ component }) => nameOf(component));
  return inConvention(`bump ${list(names, 4)}`, subjects);
}

/** A line break in a name would begin the body, and with it maybe a trailer. */
function nameOf({ name }: TrackedComponent): string {
  return escapeText(name.text);
}

function inConvention(what: string, subjects: readonly string[]): string {
  const conventional = subjects.filter(subject => CONVENTIONAL.test(subject)).length;
  if (conventional * 2 > subjects.length) return `chore(deps): ${what}`;
  return `[Automation] B${what.slice(1)}`;
}

/** What a reader of the history asks: how risky, what is new, how to go back. `result` is undefined before the check. */
export function bodyFor(row: Row, result: Result | undefined): string {
  const back = `To go back to ${row.component.version.text}, revert this commit.`;
  return [...whereFrom(row), ...verdictOf(result), back, ...notUndone(result)].join('\n');
}

/** The same for several in one commit. */
export function bodyForAll(rows: readonly Row[], result: Result | undefined): string {
  const each = rows.flatMap(row => [
    `${nameOf(row.component)}: ${row.component.version.text} -> ${row.allowed?.version}`,
    ...whereFrom(row).map(line => `  ${line}`),
  ]);
  return [...each, ...verdictOf(result), 'To go back, revert this commit.', ...notUndone(result)].join('\n');
}

function whereFrom({ allowed, origin, source }: Row): string[] {
  const date = allowed?.date === undefined ? '' : `, published on ${allowed.date.slice(0, 10)}`;
  const notes = origin && allowed && notesOf(origin, allowed);
  return [`Found at ${source}${date}.`, ...(notes === undefined ? [] : [`Release notes: ${notes}`])];
}

function verdictOf(result: Result | undefined): string[] {
  return result === undefined ? [] : ['', `deploy-lint: ${riskOf(result.verdict)}.`];
}

function notUndone(result: Result | undefined): string[] {
  const facts = result?.units.flatMap(unit => unit.facts) ?? [];
  const left = facts.flatMap(fact => leftByRevert(fact) ?? []);
  const ways = [...new Set(left.flatMap(({ what, isOneWay }) => (isOneWay ? what : [])))];
  return ways.length === 0 ? [] : [`That does not undo all: ${ways.join('; ')}.`];
}
