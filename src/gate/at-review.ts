import { isPolicyChange } from '../policy/guard.ts';
import { placeOf } from '../report/place.ts';
import type { Result } from '../report/result.ts';
import { LABELS, type Label, MERGE_BARS, type MergeBar, type Preview, type Review } from '../report/review.ts';
import { STAGING_FIRST } from '../risk/table.ts';
import type { Finding } from '../rule/finding.ts';
import { atPush } from './at-push.ts';

export interface ReviewInput {
  readonly vendor: string;
  readonly name: string;
  readonly branch: string | undefined;
  readonly lands: boolean;
  readonly now: Date;
  /** The same change by its own policy; undefined where it leaves the policy alone. */
  readonly proposed: Result | undefined;
}

/** What CI makes of a result: the same as a push of it, and what programs are told. */
export function atReview(result: Result, { now, proposed, ...about }: ReviewInput): Review {
  const answer = atPush(result, now, about.lands);
  const passes = answer.stops.length === 0 && result.incomplete.length === 0;
  const isBar = barsOf(result, answer.stops.length > 0);
  const isLabel = labelsOf(result, answer.stops.length > 0);
  return {
    ...about,
    answer,
    passes,
    bars: MERGE_BARS.filter(bar => isBar[bar]),
    labels: LABELS.filter(label => isLabel[label]),
    preview: proposed && previewOf(result, proposed),
  };
}

function barsOf({ subject, verdict, findings, unknowns, incomplete }: Result, isStopped: boolean) {
  const some = (severity: Finding['severity']) => findings.some(finding => finding.severity === severity);
  return {
    stopped: isStopped,
    incomplete: incomplete.length > 0,
    errors: some('error'),
    warnings: some('warning'),
    policy: findings.some(isPolicyChange),
    risk: verdict.level === 'medium' || verdict.level === 'high',
    obligations: verdict.obligations.some(({ state }) => state !== 'met'),
    consult: verdict.consult.length > 0,
    unknown: unknowns.length > 0,
    'not-a-proposal': subject.kind === 'tree',
  } satisfies Record<MergeBar, boolean>;
}

function labelsOf({ verdict: { level, obligations }, findings, incomplete }: Result, isStopped: boolean) {
  return {
    'deploy-risk/none': level === 'none',
    'deploy-risk/low': level === 'low',
    'deploy-risk/medium': level === 'medium',
    'deploy-risk/high': level === 'high',
    'deploy-lint/stopped': isStopped,
    'deploy-lint/incomplete': incomplete.length > 0,
    'deploy-lint/policy': findings.some(isPolicyChange),
    'deploy-lint/staging-first': obligations.some(({ id, state }) => id === STAGING_FIRST && state === 'unmet'),
  } satisfies Record<Label, boolean>;
}

function previewOf(result: Result, proposed: Result): Preview {
  const [now, then] = [told(result), told(proposed)];
  return {
    level: proposed.verdict.level,
    appear: then.filter(line => !now.includes(line)),
    disappear: now.filter(line => !then.includes(line)),
  };
}

function told({ findings }: Result): string[] {
  return findings
    .filter(finding => !isPolicyChange(finding))
    .map(({ severity, rule, span }) => `${severity} ${rule} ${placeOf(span)}`);
}
