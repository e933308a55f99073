import type { Level } from '../risk/verdict.ts';
import type { Answer } from './objection.ts';

/** Why no robot should merge a change. A closed set: programs read it. */
export const MERGE_BARS = [
  'stopped',
  'incomplete',
  'errors',
  'warnings',
  'policy',
  'risk',
  'obligations',
  'consult',
  'unknown',
  'not-a-proposal',
] as const;
export type MergeBar = (typeof MERGE_BARS)[number];

/** What a pull request can be labelled with. A closed set, so that nothing of the change gets into a label. */
export const LABELS = [
  'deploy-risk/none',
  'deploy-risk/low',
  'deploy-risk/medium',
  'deploy-risk/high',
  'deploy-lint/stopped',
  'deploy-lint/incomplete',
  'deploy-lint/policy',
  'deploy-lint/staging-first',
] as const;
export type Label = (typeof LABELS)[number];

/** What the policy of the change itself would have said, had it been in force. */
export interface Preview {
  readonly level: Level;
  /** Findings that it would report besides, and those that it would not, by rule and place. */
  readonly appear: readonly string[];
  readonly disappear: readonly string[];
}

/** What CI makes of a result. */
export interface Review {
  readonly vendor: string;
  /** `pull request 12 into main` */
  readonly name: string;
  /** The branch that it lands in; undefined where none is known. */
  readonly branch: string | undefined;
  /** The branch deploys, so that risk, calendar and staging count. */
  readonly lands: boolean;
  readonly answer: Answer;
  readonly passes: boolean;
  /** Empty where a robot may merge it. */
  readonly bars: readonly MergeBar[];
  readonly labels: readonly Label[];
  /** Undefined where the change leaves the policy alone. */
  readonly preview: Preview | undefined;
}
