import rule from '../../rules/allowance-without-effect.ts';
import { unknownName } from '../config/mismatch.ts';
import type { Finding } from '../rule/finding.ts';
import type { Allowance } from './allowance.ts';

/** What decides whether an allowance counts. */
export interface Grounds {
  /** Ids of the rules that there are. */
  readonly ruleIds: readonly string[];
  /** `2026-11-23`, in UTC; where it is absent, no day is over. */
  readonly today: string | undefined;
}

/** Why an allowance does not count, and what to do about it. */
export interface Fault {
  readonly message: string;
  readonly fix: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** How far ahead an allowance may end, in days: one that nobody looks at again is none that ends. */
const LONGEST = 366;

/** How far ahead the day is that is proposed, in days. */
const PROPOSED = 90;

/** Undefined for an allowance that counts. */
export function faultOf(allowance: Allowance, { ruleIds, today }: Grounds): Fault | undefined {
  const { rules, reason, span } = allowance;
  if (rules.length === 0) {
    const text = span.source.text.slice(span.start, span.end);
    return { message: `this comment is not read: ${text}`, fix: `Write ${FORM}.` };
  }
  const missing = rules.find(id => !ruleIds.includes(id));
  if (missing !== undefined) {
    const { message, hint } = unknownName('rule', missing, ruleIds);
    return { message, fix: hint.startsWith('Did') ? hint : 'Take it away, or name a rule of deploy-lint rules.' };
  }
  if (reason === undefined) {
    return {
      message: `${rules.join(', ')} is allowed without a reason`,
      fix: 'Add the reason, behind a dash: - reason.',
    };
  }
  return faultOfEnd(allowance, today);
}

const FORM = '# deploy-lint: allow RULE until DAY by OWNER - reason';

function faultOfEnd({ rules, until, owner, span }: Allowance, today: string | undefined): Fault | undefined {
  const names = rules.join(', ');
  const another = today === undefined ? 'until and a day' : `until ${after(today, PROPOSED)}`;
  if (until === undefined) {
    return { message: `${names} is allowed without an end`, fix: `Add the last day, before the dash: ${another}.` };
  }
  if (!isDay(until)) return { message: `${until} is no day`, fix: `Write ${another}.` };
  if (today === undefined) return undefined;
  if (until > after(today, LONGEST)) {
    return {
      message: `${names} is allowed until ${until}, more than a year ahead`,
      fix: `Write ${another}, and renew it.`,
    };
  }
  if (until >= today) return undefined;
  const { line } = span.source.position(span.start);
  const who = owner ?? `who wrote line ${line} (git blame)`;
  // The same on every later day, so that a baseline knows it.
  return {
    message: `${names} was allowed until ${until}, and is not since then`,
    fix: `Mend what it allowed, or have ${who} renew it: ${another}.`,
  };
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day some days after another. */
function after(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

export function unusedFault({ rules }: Allowance): Fault {
  return {
    message: `${rules.join(', ')} is allowed here and finds nothing`,
    fix: 'Take it away, so that it cannot hide a mistake that comes later.',
  };
}

/** The fault as a finding at the allowance. */
export function faultFinding({ span }: Allowance, { message, fix }: Fault, units: readonly string[]): Finding {
  const { id, severity, why } = rule;
  return { rule: id, severity, message, why, fix, span, units, sightings: [] };
}
