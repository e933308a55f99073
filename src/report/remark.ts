import { createHash } from 'node:crypto';
import { MESSAGE_FILE } from '../git/message.ts';
import { STAGING_FIRST } from '../risk/table.ts';
import { SEVERITIES, type Severity } from '../rule/rule.ts';
import { groupsOf } from './changes.ts';
import { describe } from './describe.ts';
import { escapeText } from './escape.ts';
import { list } from './line.ts';
import { type Location, locationOf } from './place.ts';
import type { Result, Unknown } from './result.ts';
import { type Units, unitsOf, where } from './where.ts';

/**
 * What formats that know only a list of remarks can say: each mistake, what is incomplete, and each reason of a risk
 * above low, all at their place. Texts are safe to print on a line.
 */
export interface Remark {
  /** The rule; `incomplete`; `risk-` and the row of the risk table; `staging-first`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One line with both values. */
  readonly message: string;
  /** Why it matters and what to do. */
  readonly advice: string;
  /** Undefined where it is about no file, such as a commit's message. */
  readonly place: Location | undefined;
  /** The units as people call them; '' for none. */
  readonly units: string;
  /** The same for the same remark wherever its lines went. */
  readonly fingerprint: string;
}

/** The whole remark as one text. */
export function textOf({ units, message, advice }: Remark): string {
  return `${units === '' ? message : `${units}: ${message}`}. ${advice}`;
}

/** Where formats put a remark about no file, since each wants one: at the first that changed, else at the root. */
export function fileWithoutPlace({ files }: Result): string {
  return files.seen[0] ?? '.';
}

/** Every remark, the worst first, each severity in the order of the report. */
export function remarksOf(result: Result): Remark[] {
  const units = unitsOf(result);
  const remarks = [
    ...result.incomplete.map(incomplete => incompleteRemark(incomplete, units)),
    ...findingRemarks(result, units),
    ...riskRemarks(result, units),
    ...stagingRemarks(result, units),
  ];
  const severity = (remark: Unnumbered) => SEVERITIES.indexOf(remark.severity);
  return numbered(remarks.sort((a, b) => severity(b) - severity(a)));
}

type Unnumbered = Omit<Remark, 'fingerprint'>;

function findingRemarks({ findings }: Result, units: Units): Unnumbered[] {
  return findings.map(({ rule, severity, message, why, fix, span, units: keys }) => ({
    rule,
    severity,
    message: escapeText(message),
    advice: escapeText(`${why} Fix: ${fix}`),
    place: span.source.file === MESSAGE_FILE ? undefined : locationOf(span),
    units: escapeText(where(keys, units)),
  }));
}

function incompleteRemark({ what, why, span, units: keys }: Unknown, units: Units): Unnumbered {
  return {
    rule: 'incomplete',
    severity: 'error',
    message: escapeText(what),
    advice: escapeText(`It was not analysed, so nothing is promised about it: ${why}`),
    place: span && locationOf(span),
    units: escapeText(where(keys, units)),
  };
}

function riskRemarks({ verdict }: Result, units: Units): Unnumbered[] {
  return verdict.reasons
    .filter(({ level }) => level === 'medium' || level === 'high')
    .flatMap(({ row, level, title, why, facts }) =>
      groupsOf(facts).map(group => ({
        rule: `risk-${row}`,
        severity: 'info' as const,
        message: escapeText(`${level}: ${title}: ${list(group.tellings.map(describe), 3)}`),
        advice: escapeText(`${why.charAt(0).toUpperCase()}${why.slice(1).replace(/\.$/, '')}.`),
        place: group.tellings[0]?.spans[0] && locationOf(group.tellings[0].spans[0]),
        units: escapeText(where(group.units, units)),
      })),
    );
}

/** Versions that staging has not run, or is not known to have run. */
function stagingRemarks({ staging }: Result, units: Units): Unnumbered[] {
  return staging
    .filter(({ state }) => state !== 'met')
    .map(({ state, evidence, units: keys }) => ({
      rule: STAGING_FIRST,
      severity: 'info' as const,
      message: escapeText(evidence),
      advice: state === 'unmet' ? 'Bring it to staging first.' : 'See whether staging has run it.',
      place: undefined,
      units: escapeText(where(keys, units)),
    }));
}

/** Equal remarks are told apart by their number. */
function numbered(remarks: readonly Unnumbered[]): Remark[] {
  const seen = new Map<string, number>();
  return remarks.map(remark => {
    const { rule, place, message, units } = remark;
    const content = JSON.stringify([rule, place?.file ?? '', message, units]);
    const number = seen.get(content) ?? 0;
    seen.set(content, number + 1);
    const fingerprint = createHash('sha256').update(`${content} ${number}`).digest('hex').slice(0, 32);
    return { ...remark, fingerprint };
  });
}
