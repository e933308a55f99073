import { oneWay } from '../change/ways-back.ts';
import { riskOf } from '../gate/gate.ts';
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
  const what = `bump ${component.name.text} from ${component.version.text} to ${allowed?.version}`;
  const conventional = subjects.filter(subject => CONVENTIONAL.test(subject)).length;
  if (conventional * 2 > subjects.length) return `chore(deps): ${what}`;
  return `[Automation] B${what.slice(1)}`;
}

/** What a reader of the history asks: how risky, what is new, how to go back. `result` is undefined before the check. */
export function bodyFor(row: Row, result: Result | undefined): string {
  const { allowed, origin, source, component } = row;
  const date = allowed?.date === undefined ? '' : `, published on ${allowed.date.slice(0, 10)}`;
  const notes = origin && allowed && notesOf(origin, allowed);
  const facts = result?.units.flatMap(unit => unit.facts) ?? [];
  const ways = [...new Set(facts.flatMap(fact => oneWay(fact) ?? []))];
  const undone = ways.length === 0 ? '' : ` It does not undo all: ${ways.join('; ')}.`;
  return [
    `Found at ${source}${date}.`,
    ...(notes === undefined ? [] : [`Release notes: ${notes}`]),
    ...(result === undefined ? [] : ['', `deploy-lint: ${riskOf(result.verdict)}.`]),
    `To go back to ${component.version.text}, revert this commit.${undone}`,
  ].join('\n');
}
