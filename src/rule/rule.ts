import type { UnitChange } from '../change/change.ts';
import type { Message } from '../git/message.ts';
import type { Commit } from '../git/parse-object.ts';
import type { ChangedFile } from '../git/tree.ts';
import type { Unit } from '../gitops/unit.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Path, Span } from '../yaml/node.ts';
import type { Knowledge } from './knowledge.ts';
import type { Repair } from './repair.ts';

export const SEVERITIES = ['info', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule saw, in the manifest's own terms; the engine turns the place into file, line and column. */
export interface Sighting {
  /** One line with both values. No full stop. */
  readonly message: string;
  /** A field of an object, or a stretch of a file or of a commit's message where no object is concerned. */
  readonly at: { readonly object: KubeObject; readonly path: Path } | { readonly span: Span };
  /** What to do here, where the rule's general advice can be made concrete. */
  readonly fix?: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  /** The same as `fix` for a program, where there is one safe answer. */
  readonly repair?: Repair;
  /** The lines around the place hold a credential: no report quotes them. */
  readonly isConfidential?: true;
}

interface Meta {
  /** Names the danger, not the cure, and is the name of the rule's module and page. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** What to do, in one or two sentences. */
  readonly fix: string;
}

/**
 * Looks at a unit as it is on one side. On a commit it runs on both sides and only what is new is reported; `--all`
 * reports what stands.
 */
export interface StateRule extends Meta {
  readonly on: 'state';
  /** What it says of an object does not depend on others, so that on a commit it is shown only those that differ. */
  readonly alone?: true;
  readonly check: (rendered: Rendered, unit: Unit, knowledge: Knowledge) => Iterable<Sighting>;
}

/** Looks at what a commit does to a unit. */
export interface ChangeRule extends Meta {
  readonly on: 'change';
  readonly check: (change: UnitChange, knowledge: Knowledge) => Iterable<Sighting>;
}

/** One unit as it stands on one side. */
export interface UnitState {
  readonly unit: Unit;
  readonly rendered: Rendered;
}

/** What a rule saw that is a mistake of no single unit. */
export interface WideSighting extends Sighting {
  /** The units that it is about, if any. */
  readonly units?: readonly Unit[];
}

/**
 * Looks at one side as a whole: what the repository tells, and how its units stand to each other. On a commit it runs on
 * both sides of the units that are compared, and only what is new is reported; `--all` reports what stands in all units.
 */
export interface RepositoryRule extends Meta {
  readonly on: 'repository';
  /** What a unit may share with another: the rule says nothing about two units that have none of these in common. */
  readonly meets: (state: UnitState) => Iterable<string>;
  readonly check: (states: readonly UnitState[], knowledge: Knowledge) => Iterable<WideSighting>;
}

/** A commit as a whole, made or about to be. */
export interface WholeCommit {
  /** Undefined where the commit is still to be made. */
  readonly oid: string | undefined;
  /** Undefined where none is written yet, as in a pre-commit hook. */
  readonly message: Message | undefined;
  readonly files: readonly ChangedFile[];
  readonly changes: readonly UnitChange[];
  /** The commit that this one takes back, proven by its content. */
  readonly reverts: Commit | undefined;
}

/** Looks at a commit as a whole. Never runs on a tree or, for a range, on the sum of its commits. */
export interface CommitRule extends Meta {
  readonly on: 'commit';
  readonly check: (commit: WholeCommit, knowledge: Knowledge) => Iterable<WideSighting>;
}

export type Rule = StateRule | ChangeRule | RepositoryRule | CommitRule;

/** Infers the kind of rule, so that a rule's module has no type to write. */
export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}
