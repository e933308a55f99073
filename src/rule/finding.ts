import type { Span } from '../yaml/node.ts';
import type { Severity } from './rule.ts';

/** A mistake with its place. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly span: Span;
  /** The lines around the place hold a credential: no report quotes them. */
  readonly isConfidential?: true;
  /** Keys of the units in which it was found, sorted: one mistake in a base is one finding. */
  readonly units: readonly string[];
  /** Object id of the commit that it is about as a whole; absent for a mistake in the files, or before the commit. */
  readonly commit?: string | undefined;
}
