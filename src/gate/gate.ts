import type { Config } from '../config/config.ts';
import { GATE_LEVELS } from '../config/gate.ts';
import { list } from '../report/line.ts';
import type { Objection } from '../report/objection.ts';
import type { Result } from '../report/result.ts';
import { BUILD_FAILS, STAGING_FIRST } from '../risk/table.ts';
import { LEVELS, type Level, levelOf, type Obligation, type Verdict } from '../risk/verdict.ts';
import type { Finding } from '../rule/finding.ts';
import { type Declared, TRAILERS } from './declared.ts';

/** Whether a risk is at or above the lowest of the levels that a list names. Other words of the list count nothing. */
export function reaches(level: Level, listed: readonly string[]): boolean {
  return GATE_LEVELS.some(least => listed.includes(least) && LEVELS.indexOf(level) >= LEVELS.indexOf(least));
}

/** The errors that no message can make good. */
export function hardErrors(findings: readonly Finding[], { gate }: Config): Finding[] {
  return findings.filter(({ severity, rule }) => severity === 'error' && !gate.acknowledge.includes(rule));
}

/** The findings that a message has to acknowledge and does not. */
export function unacknowledged(findings: readonly Finding[], declared: Declared, { gate }: Config): Finding[] {
  return findings.filter(({ rule }) => gate.acknowledge.includes(rule) && !declared.acknowledged.has(rule));
}

/** What is left of a verdict once its mistakes are mended, which they have to be first: nobody answers for a mistake. */
export function onceMended(verdict: Verdict): Verdict {
  const reasons = verdict.reasons.filter(({ row }) => row !== BUILD_FAILS);
  if (reasons.length === verdict.reasons.length) return verdict;
  return { ...verdict, reasons, level: levelOf(reasons) };
}

/** The verdict that is to be weighed beside these mistakes: what they make of it is not weighed again. */
export function beside(mistakes: readonly Objection[], verdict: Verdict): Verdict {
  return mistakes.length === 0 ? verdict : onceMended(verdict);
}

/** `high risk (MariaDB major)`: the level with the rows that make it so. */
export function riskOf({ level, reasons }: Verdict): string {
  const titles = reasons.filter(reason => reason.level === level).map(({ title }) => title);
  return `${level} risk${titles.length === 0 ? '' : ` (${list(titles, 3)})`}`;
}

/** Whom to ask, as a sentence; nothing where the rows name nobody. */
export function consultOf({ consult }: Verdict): string[] {
  return consult.length === 0 ? [] : [`Ask first: ${consult.join(', ')}.`];
}

/** A declared risk that is not the computed one; nothing where the change is empty, as when a message alone is amended. */
export function mismatch(declared: Declared, verdict: Verdict, what: string): Objection | undefined {
  const { risk } = declared;
  if (risk === undefined || risk === verdict.level) return undefined;
  const computed = verdict.level === 'none' ? 'changes nothing in the cluster' : `is ${riskOf(verdict)}`;
  const goOn = { say: 'Say it as it is:', copy: [`${TRAILERS.risk}: ${verdict.level}`] };
  return {
    what: `the message says ${risk} risk, and ${what} ${computed}`,
    why: consultOf(verdict),
    goOn: verdict.level === 'none' ? [] : [goOn],
  };
}

/** Whether the message admits a risk that has to be acknowledged. */
export function admits({ risk }: Declared, level: Level): boolean {
  return risk !== undefined && LEVELS.indexOf(risk) >= LEVELS.indexOf(level);
}

/** The obligations to run on staging first that the evidence does not meet and the message does not answer for. */
export function untested({ verdict }: Result, declared: Declared, { gate, staging }: Config): Obligation[] {
  if (!reaches(verdict.level, [staging.required])) return [];
  if (gate.acknowledge.includes(STAGING_FIRST) && declared.acknowledged.has(STAGING_FIRST)) return [];
  // A person may know what the repository does not tell, and not otherwise than it tells.
  const said = declared.tested.length > 0;
  return verdict.obligations.filter(
    ({ id, state }) => id === STAGING_FIRST && (state === 'unmet' || (state === 'unknown' && !said)),
  );
}

/** Lines that were meant as trailers and acknowledgements of what needs none: said, and no reason to stop. */
export function remarks(declared: Declared, { gate }: Config): Objection[] {
  const mistakes = declared.mistakes.map(({ line, message, fix }) => ({
    what: `"${line}" is not read: ${message}`,
    why: [],
    goOn: [{ say: 'In the last paragraph of the message:', copy: [fix] }],
  }));
  const idle = [...declared.acknowledged.keys()].filter(rule => !gate.acknowledge.includes(rule));
  return [
    ...mistakes,
    ...idle.map(rule => ({
      what: `${TRAILERS.acknowledgement}: ${rule} changes nothing: gate.acknowledge does not list ${rule}`,
      why: [],
      goOn: [],
    })),
  ];
}

/** What several messages declare of findings and tests together: what one of them says holds for the whole push. */
export function joined(all: readonly Declared[]): Declared {
  return {
    risk: undefined,
    acknowledged: new Map(all.flatMap(declared => [...declared.acknowledged])),
    tested: all.flatMap(declared => declared.tested),
    mistakes: [],
  };
}
