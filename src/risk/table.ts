import type { Fact, FactKind, Move } from '../change/fact.ts';
import type { Environment } from '../gitops/unit.ts';
import { compareTags, type Size } from '../image/version.ts';
import { isMeant } from '../rule/scope.ts';
import type { Level } from './verdict.ts';

/** The obligation to have run a version on staging. */
export const STAGING_FIRST = 'staging-first';

/** The row of a build that fails, which is a mistake and never meant. */
export const BUILD_FAILS = 'build-fails';

export type ObligationId =
  | typeof STAGING_FIRST
  | 'dns-record'
  | 'db-migration'
  | 'backup'
  | 'db-manager'
  | 'maintenance-window';

/** What a fact has to be for a row to hold; a field that is not given holds for every fact. */
export interface Condition {
  readonly kind: FactKind;
  readonly moves?: readonly Move[];
  readonly engines?: readonly string[];
  readonly environments?: readonly Environment[];
  /** Globs over the fact's file and the unit's folders. */
  readonly paths?: readonly string[];
  /** Kinds of the object. */
  readonly objects?: readonly string[];
  /** Beginnings of the fact's subject. */
  readonly subjects?: readonly string[];
  /** Values after the commit. */
  readonly to?: readonly string[];
  /** Both values are numbers, and the one after is smaller. */
  readonly falls?: true;
  /** How far an image goes back. */
  readonly sizes?: readonly Size[];
  /** The commit is an exact revert of an earlier one. */
  readonly revert?: true;
}

/** A row of `rules/risk-table.yaml`, whose schema says what each field is for. */
export interface RiskRow {
  readonly id: string;
  readonly title: string;
  readonly level: Exclude<Level, 'none'>;
  readonly when: Condition;
  readonly shape: string;
  readonly reason: string;
  readonly obligations: readonly ObligationId[];
  readonly consult: readonly string[];
}

export interface ObligationRow {
  readonly id: ObligationId;
  readonly title: string;
  readonly evidence: 'staging' | 'dns' | 'none';
  /** Why it cannot be seen from the repository. */
  readonly unseen: string;
}

export interface RiskTable {
  readonly rows: readonly RiskRow[];
  readonly obligations: readonly ObligationRow[];
}

/** What is known of the commit and the unit beside the fact itself. */
export interface Setting {
  readonly environment: Environment;
  /** Of the unit. */
  readonly folders: readonly string[];
  readonly revert: boolean;
}

/** The first row that the fact meets. Undefined only for a table with a hole, which the shipped one has not. */
export function rowOf(fact: Fact, setting: Setting, table: RiskTable): RiskRow | undefined {
  return table.rows.find(row => holds(row.when, fact, setting));
}

function holds(when: Condition, fact: Fact, setting: Setting): boolean {
  const { engines, environments, objects, paths, subjects, sizes } = when;
  return (
    when.kind === fact.kind &&
    (when.moves?.includes(fact.move) ?? true) &&
    (engines?.includes(fact.engine ?? '') ?? true) &&
    (environments?.includes(setting.environment) ?? true) &&
    (paths === undefined || isThere(fact, setting, paths)) &&
    (objects?.includes(fact.object?.kind ?? '') ?? true) &&
    (subjects?.some(subject => fact.subject.startsWith(subject)) ?? true) &&
    (when.to?.includes(fact.to ?? '') ?? true) &&
    (when.falls !== true || Number(fact.to) < Number(fact.from)) &&
    (sizes?.some(size => compareTags(fact.from, fact.to).downgradeSize === size) ?? true) &&
    (when.revert !== true || setting.revert)
  );
}

function isThere({ span }: Fact, { folders }: Setting, paths: readonly string[]): boolean {
  return [span.source.file, ...folders].some(path => isMeant(path, paths));
}
