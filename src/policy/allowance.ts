import { at, entries, type Node, type Span, scalar } from '../yaml/node.ts';

/** A comment or an annotation by which a team lives with a finding. What is missing or over keeps it from counting. */
export interface Allowance {
  /** Ids as they are written; whether there are such rules is not known here. Empty where the text cannot be read. */
  readonly rules: readonly string[];
  /** The last day on which it counts, `2027-01-31`; undefined where none is named. */
  readonly until: string | undefined;
  /** Who is to be asked for another day; undefined where nobody is named. */
  readonly owner: string | undefined;
  readonly reason: string | undefined;
  readonly span: Span;
}

/** `allow RULE, RULE until 2027-01-31 by OWNER - reason` */
const COMMENT =
  /^allow\s+([\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+until\s+(\d{4}-\d\d-\d\d))?(?:\s+by\s+(\S+))?(?:\s+[-–—]+(?:\s+(\S.*))?)?$/;

/** `until 2027-01-31 by OWNER - reason`, or the reason alone. */
const VALUE = /^(?:until\s+(\d{4}-\d\d-\d\d)(?:\s+by\s+(\S+))?(?:\s+[-–—]+)?(?:\s+|$))?(.*)$/s;

/** What a comment says behind `deploy-lint:`. */
export function allowanceOf(text: string, span: Span): Allowance {
  const [, ids = '', until, owner, reason] = COMMENT.exec(text.trim()) ?? [];
  const rules = ids.split(',').flatMap(id => id.trim() || []);
  return { rules, until, owner, reason: reason?.trim(), span };
}

/** ` until 2027-01-31 by OWNER`, as far as it is said. */
export function termOf({ until, owner }: Allowance): string {
  return `${until === undefined ? '' : ` until ${until}`}${owner === undefined ? '' : ` by ${owner}`}`;
}

/** The annotation of an object that allows what a rule finds in it starts with this. */
export const ANNOTATION = 'deploy-lint/allow-';

/** What the annotations of an object allow: `deploy-lint/allow-RULE: "until 2027-01-31 by OWNER - reason"`. */
export function annotatedAllowances(root: Node | undefined): Allowance[] {
  return [...entries(at(root, 'metadata', 'annotations'))].flatMap(([key, { value }]) => {
    if (!key.startsWith(ANNOTATION)) return [];
    const [, until, owner, reason = ''] = VALUE.exec(String(scalar(value) ?? '').trim()) ?? [];
    const rules = [key.slice(ANNOTATION.length)];
    return { rules, until, owner, reason: reason.trim() || undefined, span: value.span };
  });
}
