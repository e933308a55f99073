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

/** Undefined for an allowance that counts. */
export function faultOf({ rules, until, reason, span }: Allowance, { ruleIds, today }: Grounds): Fault | undefined {
  const names = rules.join(', ');
  if (rules.length === 0) {
    const text = span.source.text.slice(span.start, span.end);
    return { message: `this comment is not read: ${text}`, fix: 'Write # deploy-lint: allow RULE - reason.' };
  }
  const missing = rules.find(id => !ruleIds.includes(id));
  if (missing !== undefined) {
    const { message, hint } = unknownName('rule', missing, ruleIds);
    return { message, fix: hint.startsWith('Did') ? hint : 'Take it away, or name a rule of deploy-lint rules.' };
  }
  if (reason === undefined) {
    return { message: `${names} is allowed without a reason`, fix: 'Add the reason, behind a dash: - reason.' };
  }
  if (until !== undefined && !isDay(until)) return { message: `${until} is no day`, fix: 'Write until 2027-01-31.' };
  if (until !== undefined && today !== undefined && until < today) {
    return { message: `${names} was allowed until ${until}`, fix: 'Mend what it allowed, or give it another day.' };
  }
  return undefined;
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
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
