import type { Severity } from '../../rule/rule.ts';
import type { Path, ScalarNode } from '../../yaml/node.ts';

/** A rule of a team, as it is written. */
export interface TeamRule {
  readonly id: string;
  readonly severity: Severity;
  /** Kinds of objects that it is about; undefined for all. */
  readonly kinds: readonly string[] | undefined;
  /** True where there is something to report. */
  readonly when: ScalarNode;
  /** Text, or an expression that makes it. */
  readonly message: { readonly kind: 'text' | 'expression'; readonly node: ScalarNode };
  readonly why: string;
  readonly fix: string;
  /** The field to point to, from the object's root. */
  readonly field: Path;
}
