import { at, entries, type Node, type Span, scalar } from '../yaml/node.ts';

/** A comment or an annotation by which a team lives with a finding. What is missing or over keeps it from counting. */
export interface Allowance {
  /** Ids as they are written; whether there are such rules is not known here. Empty where the text cannot be read. */
  readonly rules: readonly string[];
  /** The last day on which it counts, `2027-01-31`; undefined where it has no end. */
  readonly until: string | undefined;
  readonly reason: string | undefined;
  readonly span: Span;
}

/** `allow RULE, RULE until 2027-01-31 - reason` */
const COMMENT = /^allow\s+([\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+until\s+(\d{4}-\d\d-\d\d))?(?:\s+[-–—]+(?:\s+(\S.*))?)?$/;

/** `until 2027-01-31 - reason`, or the reason alone. */
const VALUE = /^(?:until\s+(\d{4}-\d\d-\d\d)(?:\s+[-–—]+)?(?:\s+|$))?(.*)$/s;

/** What a comment says behind `deploy-lint:`. */
export function allowanceOf(text: string, span: Span): Allowance {
  const [, ids = '', until, reason] = COMMENT.exec(text.trim()) ?? [];
  const rules = ids.split(',').flatMap(id => id.trim() || []);
  return { rules, until, reason: reason?.trim(), span };
}

/** The annotation of an object that allows what a rule finds in it. */
const ANNOTATION = 'deploy-lint/allow-';

/** What the annotations of an object allow: `deploy-lint/allow-RULE: "until 2027-01-31 - reason"`. */
export function annotatedAllowances(root: Node | undefined): Allowance[] {
  return [...entries(at(root, 'metadata', 'annotations'))].flatMap(([key, { value }]) => {
    if (!key.startsWith(ANNOTATION)) return [];
    const [, until, reason = ''] = VALUE.exec(String(scalar(value) ?? '').trim()) ?? [];
    return { rules: [key.slice(ANNOTATION.length)], until, reason: reason.trim() || undefined, span: value.span };
  });
}
