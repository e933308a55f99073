import type { Json } from '../yaml/node.ts';
import { TEMPLATE_FUNCTIONS } from './template-functions.ts';

/** Values that a template may name. */
export interface Params {
  readonly values: ReadonlyMap<string, Json>;
  /** There are values that are not known, so that a name without a value means nothing. */
  readonly isOpen: boolean;
}

/** Actions that one template takes at most, each counted as often as it is repeated, and how deep it nests. */
const MAX_STEPS = 20_000;
const MAX_DEPTH = 64;

/** What this evaluator does not do, or a value that is not known: the action stays as it is written. */
class NotUnderstood extends Error {}

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
    const filled = block(cursor, { dot: root, root, isOpen: params.isOpen, depth: 0 });
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

interface Scope {
  readonly dot: Json | undefined;
  readonly root: Json;
  readonly isOpen: boolean;
  readonly depth: number;
}

function inner(scope: Scope, dot = scope.dot): Scope {
  if (scope.depth >= MAX_DEPTH) throw new NotUnderstood();
  return { ...scope, dot, depth: scope.depth + 1 };
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

function action(part: Part & { kind: 'action' }, scope: Scope): string {
  try {
    return printed(evaluate(part.code, scope));
  } catch (error) {
    if (error instanceof NotUnderstood) return part.raw;
    throw error;
  }
}

function control(cursor: Cursor, code: string, scope: Scope): string {
  const [keyword = ''] = /^\w+/.exec(code) ?? [];
  const value = evaluate(code.slice(keyword.length).trim(), scope);
  const start = cursor.next;
  let filled = '';
  if (keyword === 'range') {
    const list = Array.isArray(value) ? value : [];
    for (const item of list) {
      cursor.next = start;
      filled += block(cursor, inner(scope, item));
    }
    if (list.length === 0) block(cursor, inner(scope));
  } else {
    const body = block(cursor, inner(scope, keyword === 'with' ? value : scope.dot));
    if (isTrue(value)) filled = body;
  }
  const closing = cursor.parts[cursor.next++];
  if (closing?.kind !== 'action') throw new NotUnderstood();
  if (closing.code === 'end') return filled;
  const chained = closing.code.slice('else'.length).trim();
  const other = chained === '' ? otherBlock(cursor, scope) : control(cursor, chained, inner(scope));
  return isTrue(value) ? filled : other;
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

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|[()|]|\$?(?:\.[\w-]+)+|\.|\$|-?\d+(?:\.\d+)?|\w+)/y;

function tokensOf(code: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < code.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [, token] = TOKEN.exec(code) ?? [];
    if (token === undefined) throw new NotUnderstood();
    tokens.push(token);
  }
  return tokens;
}

function evaluate(code: string, scope: Scope): Json | undefined {
  const tokens = tokensOf(code);
  const value = pipeline(tokens, scope);
  if (tokens.length > 0) throw new NotUnderstood();
  return value;
}

/** Commands divided by `|`, each of which takes the value before it as its last argument. */
function pipeline(tokens: string[], scope: Scope): Json | undefined {
  let value: { readonly piped: Json | undefined } | undefined;
  do {
    if (value !== undefined) tokens.shift();
    const [name = ''] = tokens;
    const isCall = /^[a-z]\w*$/i.test(name) && !/^(?:true|false|nil)$/.test(name);
    if (isCall) tokens.shift();
    const operands: (Json | undefined)[] = [];
    while (tokens.length > 0 && tokens[0] !== '|' && tokens[0] !== ')') operands.push(operand(tokens, scope));
    if (value !== undefined) operands.push(value.piped);
    if (!isCall && operands.length !== 1) throw new NotUnderstood();
    value = { piped: isCall ? call(name, operands) : operands[0] };
  } while (tokens[0] === '|');
  return value.piped;
}

function call(name: string, operands: (Json | undefined)[]): Json | undefined {
  const known = TEMPLATE_FUNCTIONS.get(name);
  if (known === undefined) throw new NotUnderstood();
  const result = known(operands.map(value => value ?? null));
  if (result === undefined) throw new NotUnderstood();
  return result;
}

function operand(tokens: string[], scope: Scope): Json | undefined {
  const token = tokens.shift() ?? '';
  if (token === '(') {
    const value = pipeline(tokens, inner(scope));
    if (tokens.shift() !== ')') throw new NotUnderstood();
    return value;
  }
  if (token.startsWith('"')) return unquoted(token);
  if (token.startsWith('`')) return token.slice(1, -1);
  if (/^-?\d/.test(token)) return Number(token);
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'nil') return null;
  if (token === '.') return scope.dot;
  if (token === '$') return scope.root;
  if (token.startsWith('$.')) return field(scope.root, token.slice(2), scope);
  if (token.startsWith('.')) return field(scope.dot, token.slice(1), scope);
  throw new NotUnderstood();
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    throw new NotUnderstood();
  }
}

function field(value: Json | undefined, path: string, { isOpen }: Scope): Json | undefined {
  let current = value;
  for (const name of path.split('.')) {
    const isMap = typeof current === 'object' && current !== null && !Array.isArray(current);
    current = isMap && current ? Object.entries(current).find(([key]) => key === name)?.[1] : undefined;
  }
  if (current === undefined && isOpen) throw new NotUnderstood();
  return current;
}
