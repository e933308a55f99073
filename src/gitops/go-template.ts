import type { Json } from '../yaml/node.ts';
import { evaluate, inner, NotUnderstood, type Scope, untaken, type Variable } from './go-expression.ts';

/** Values that a template may name. */
export interface Params {
  readonly values: ReadonlyMap<string, Json>;
  /** There are values that are not known, so that a name without a value means nothing. */
  readonly isOpen: boolean;
}

/** Actions that one template takes at most, each counted as often as it is repeated. */
const MAX_STEPS = 20_000;

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly code: string; readonly raw: string };

/**
 * The text of a Go template with the parameters put in, as ApplicationSets with `goTemplate: true` use it. Actions that
 * cannot be evaluated stay as they are; undefined where they decide over other text (`if`, `range`).
 */
export function fillGoTemplate(template: string, params: Params): string | undefined {
  try {
    const cursor: Cursor = { parts: partsOf(template), next: 0, steps: 0 };
    const root = Object.fromEntries(params.values);
    const filled = block(cursor, { dot: root, root, isOpen: params.isOpen, depth: 0, variables: new Map() });
    return cursor.next < cursor.parts.length ? undefined : filled;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

interface Cursor {
  readonly parts: readonly Part[];
  next: number;
  steps: number;
}

/** Text and actions; `{{-` and `-}}` take the blanks beside them away. */
function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let isTrimmed = false;
  const text = (end: number, trimEnd: boolean) => {
    let piece = template.slice(from, end);
    if (isTrimmed) piece = piece.trimStart();
    parts.push({ kind: 'text', text: trimEnd ? piece.trimEnd() : piece });
  };
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', from)) {
    const close = template.indexOf('}}', open);
    if (close < 0) break;
    const inner = template.slice(open + 2, close);
    const trimsBefore = /^-\s/.test(inner);
    const trimsAfter = /\s-$/.test(inner);
    text(open, trimsBefore);
    const code = inner.slice(trimsBefore ? 1 : 0, trimsAfter ? -1 : undefined).trim();
    if (!code.startsWith('/*')) parts.push({ kind: 'action', code, raw: template.slice(open, close + 2) });
    from = close + 2;
    isTrimmed = trimsAfter;
  }
  text(template.length, false);
  return parts;
}

/** The text up to the `else` or `end` that closes the block, which is left for the caller. */
function block(cursor: Cursor, scope: Scope): string {
  let filled = '';
  for (let part = cursor.parts[cursor.next]; part !== undefined; part = cursor.parts[cursor.next]) {
    if (part.kind === 'action' && /^(?:else|end)\b/.test(part.code)) break;
    cursor.next++;
    if (++cursor.steps > MAX_STEPS) throw new NotUnderstood();
    if (part.kind === 'text') filled += part.text;
    else if (/^(?:if|with|range)\b/.test(part.code)) filled += control(cursor, part.code, scope);
    else filled += action(part, scope);
  }
  return filled;
}

/** `$name := ` or `$name = ` in front of a value. */
const DECLARATION = /^\$(\w+)\s*(:?=)\s*/;

/** The value of what may be a declaration, which holds for the rest of the block, or an assignment, which holds beyond. */
function declared(code: string, scope: Scope): Json | undefined {
  const [declaration = '', name, sign] = DECLARATION.exec(code) ?? [];
  if (name === undefined) return evaluate(code, scope);
  const variable: Variable | undefined = sign === '=' ? scope.variables.get(name) : {};
  if (variable === undefined) throw new NotUnderstood();
  try {
    variable.value = evaluate(code.slice(declaration.length), scope);
    return variable.value;
  } catch (error) {
    // Where the new value is not known, what the name stood for is not known either.
    delete variable.value;
    throw error;
  } finally {
    scope.variables.set(name, variable);
  }
}

function action(part: Part & { kind: 'action' }, scope: Scope): string {
  try {
    const value = declared(part.code, scope);
    return DECLARATION.test(part.code) ? '' : printed(value);
  } catch (error) {
    if (error instanceof NotUnderstood) return part.raw;
    throw error;
  }
}

function control(cursor: Cursor, code: string, scope: Scope): string {
  const [keyword = ''] = /^\w+/.exec(code) ?? [];
  const subject = code.slice(keyword.length).trim();
  if (keyword === 'range') return range(cursor, subject, scope);
  const own = inner(scope);
  const value = declared(subject, own);
  const isTaken = isTrue(value);
  const dot = keyword === 'with' ? value : scope.dot;
  const body = block(cursor, inner(isTaken ? own : untaken(own), dot));
  const other = otherwise(cursor, isTaken ? untaken(own) : own);
  return isTaken ? body : other;
}

/** `range .list`, `range $item := .list` or `range $key, $item := .list`. */
function range(cursor: Cursor, subject: string, scope: Scope): string {
  const [declaration = '', first, second] = /^\$(\w+)(?:\s*,\s*\$(\w+))?\s*:=\s*/.exec(subject) ?? [];
  const items = itemsOf(evaluate(subject.slice(declaration.length), scope));
  const start = cursor.next;
  let filled = '';
  for (const [key, item] of items) {
    cursor.next = start;
    const own = inner(scope, item);
    if (first !== undefined) own.variables.set(first, { value: second === undefined ? item : key });
    if (second !== undefined) own.variables.set(second, { value: item });
    filled += block(cursor, own);
  }
  if (items.length === 0) block(cursor, untaken(scope));
  const other = otherwise(cursor, items.length === 0 ? scope : untaken(scope));
  return items.length === 0 ? other : filled;
}

/** What `range` goes through: a list, or a mapping by its keys in their order. */
function itemsOf(value: Json | undefined): (readonly [string | number, Json])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return [...value.entries()];
  if (typeof value !== 'object') throw new NotUnderstood();
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The text of `else` up to the end of the whole; '' where there is none. */
function otherwise(cursor: Cursor, scope: Scope): string {
  const closing = cursor.parts[cursor.next++];
  if (closing?.kind !== 'action') throw new NotUnderstood();
  if (closing.code === 'end') return '';
  const chained = closing.code.slice('else'.length).trim();
  return chained === '' ? otherBlock(cursor, inner(scope)) : control(cursor, chained, inner(scope));
}

function otherBlock(cursor: Cursor, scope: Scope): string {
  const filled = block(cursor, scope);
  const closing = cursor.parts[cursor.next++];
  if (closing?.kind !== 'action' || closing.code !== 'end') throw new NotUnderstood();
  return filled;
}

/** What text/template takes for true: everything but what is empty. */
function isTrue(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function printed(value: Json | undefined): string {
  if (value === undefined || value === null || typeof value === 'object') throw new NotUnderstood();
  return String(value);
}
