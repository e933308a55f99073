import type { ObjectId } from '../kubernetes/object.ts';
import type { Span } from '../yaml/node.ts';
import type { FACTS, Fact, FactKind } from './fact.ts';

type KindAndMove = { [K in FactKind]: { readonly kind: K; readonly move: (typeof FACTS)[K][number] } }[FactKind];

/** What a fact says, before it is known in which unit; a kind goes only with its own moves. */
export type Statement = KindAndMove & {
  readonly subject: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly engine?: string | undefined;
  readonly looksAt?: readonly string[] | undefined;
  readonly object?: ObjectId | undefined;
  readonly span: Span;
  readonly side: Fact['side'];
};

/** @param unit Key of the unit. */
export function factOf(unit: string, statement: Statement): Fact {
  const { kind, move, subject, from, to, engine, looksAt, object, span, side } = statement;
  const some = { ...(engine === undefined ? {} : { engine }), ...(looksAt === undefined ? {} : { looksAt }) };
  return { kind, move, unit, object, subject, from, to, ...some, span, side };
}

/** The place of what changed: on the after side where it is still there. */
export function placeOf(
  before: { readonly span: Span } | undefined,
  after: { readonly span: Span } | undefined,
  otherwise: { readonly span: Span },
): Pick<Statement, 'span' | 'side'> {
  if (after !== undefined) return { span: after.span, side: 'after' };
  return before === undefined ? { span: otherwise.span, side: 'after' } : { span: before.span, side: 'before' };
}
