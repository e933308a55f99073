import type { KubeObject } from '../kubernetes/object.ts';
import type { Path, Span } from '../yaml/node.ts';
import type { Repair } from './repair.ts';
import type { Severity } from './rule.ts';

/** A mistake with its place. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** The same for a program, where there is one safe answer. */
  readonly repair?: Repair;
  readonly span: Span;
  /** The lines around the place hold a credential: no report quotes them. */
  readonly isConfidential?: true;
  /** Keys of the units in which it was found, sorted: one mistake in a base is one finding. */
  readonly units: readonly string[];
  /** Object id of the commit that it is about as a whole; absent for a mistake in the files, or before the commit. */
  readonly commit?: string | undefined;
  /** Where it was seen, once for each unit and object. */
  readonly sightings: readonly FindingSighting[];
}

/** One place of a finding in what is applied. */
export interface FindingSighting {
  /** Key of the unit. */
  readonly unit: string;
  /** Undefined for a mistake in a text that makes no object. */
  readonly field: { readonly object: KubeObject; readonly path: Path } | undefined;
}
