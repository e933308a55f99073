import type { Fact } from '../change/fact.ts';

export const LEVELS = ['none', 'low', 'medium', 'high'] as const;
export type Level = (typeof LEVELS)[number];

/** The worse of two levels; `none` is the identity, so a commit's level is a plain fold. */
export function worse(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

/** One row of the risk table that applied, and the facts that made it apply. */
export interface Reason {
  /** Id of the row in `rules/risk-table.yaml`. */
  readonly row: string;
  readonly level: Level;
  /** What the row calls it: `image major`. */
  readonly title: string;
  /** Why it has this level, from the row. */
  readonly why: string;
  /** How it goes in the cluster, from the row: `rolling update`. */
  readonly shape: string;
  readonly facts: readonly Fact[];
}

/** As risky as the worst of them. */
export function levelOf(reasons: readonly Reason[]): Level {
  return reasons.reduce<Level>((level, reason) => worse(level, reason.level), 'none');
}

/** Something to be done before the push, with what is known of whether it was. */
export interface Obligation {
  readonly id: string;
  readonly title: string;
  /** The rows that ask for it. */
  readonly rows: readonly string[];
  /** Keys of the units it concerns. */
  readonly units: readonly string[];
  readonly state: 'met' | 'unmet' | 'unknown';
  /** One line: the commit and date, the record, or why it cannot be known from here. */
  readonly evidence: string;
}

export interface Verdict {
  readonly level: Level;
  /** Worst first. */
  readonly reasons: readonly Reason[];
  readonly obligations: readonly Obligation[];
  /** Whom to ask, from the rows. */
  readonly consult: readonly string[];
}

/** Whether a version that moves in production ran on staging before. */
export interface StagingRecord {
  readonly state: 'met' | 'unmet' | 'unknown';
  /** One line: where, since when, by which commit, how long. */
  readonly evidence: string;
  /** Keys of the units it concerns. */
  readonly units: readonly string[];
}
