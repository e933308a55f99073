import type { Json } from '../yaml/node.ts';
import { TEMPLATE_FUNCTIONS } from './template-functions.ts';

/** How deep blocks and parentheses of a template nest. */
const MAX_DEPTH = 64;

/** What this evaluator does not do, or a value that is not known: the action stays as it is written. */
export class NotUnderstood extends Error {}

/** What an expression can name. */
export interface Scope {
  readonly dot: Json | undefined;
  readonly root: Json;
  readonly isOpen: boolean;
  readonly depth: number;
  /** Those that were declared in this block and around it, by name: an assignment is seen by all that share one. */
  readonly variables: Map<string, Variable>;
}

export interface Variable {
  /** Undefined for nothing; absent where it is not known. */
  value?: Json | undefined;
}

/** The scope of a block inside, or of parentheses. Throws `NotUnderstood` where it is too deep. */
export function inner(scope: Scope, dot = scope.dot): Scope {
  if (scope.depth >= MAX_DEPTH) throw new NotUnderstood();
  return { ...scope, dot, depth: scope.depth + 1, variables: new Map(scope.variables) };
}

/** The scope of a block that is read and not taken: what it assigns is forgotten. */
export function untaken(scope: Scope): Scope {
  const copies = [...scope.variables].map(([name, variable]) => [name, { ...variable }] as const);
  return { ...inner(scope), variables: new Map(copies) };
}

const TOKEN =
  /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|[(|]|\)(?:\.[\w-]+)*|(?:\$\w*)?(?:\.[\w-]+)+|\.|\$\w*|-?\d+(?:\.\d+)?|\w+)/y;

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

/** The value of an expression: commands, variables and fields. Throws `NotUnderstood`. */
export function evaluate(code: string, scope: Scope): Json | undefined {
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
    while (tokens.length > 0 && tokens[0] !== '|' && !tokens[0]?.startsWith(')')) operands.push(operand(tokens, scope));
    if (value !== undefined) operands.push(value.piped);
    if (!isCall && operands.length !== 1) throw new NotUnderstood();
    value = { piped: isCall ? call(name, operands) : operands[0] };
  } while (tokens[0] === '|');
  return value.piped;
}

function call(name: string, operands: (Json | undefined)[]): Json | undefined {
  // Those with `must` differ in how they fail alone.
  const plain = name.replace(/^must([A-Z])/, (_, first: string) => first.toLowerCase());
  const known = TEMPLATE_FUNCTIONS.get(plain);
  if (known === undefined) throw new NotUnderstood();
  const result = known(operands.map(value => value ?? null));
  if (result === undefined) throw new NotUnderstood();
  return result;
}

function operand(tokens: string[], scope: Scope): Json | undefined {
  const token = tokens.shift() ?? '';
  if (token === '(') {
    const value = pipeline(tokens, inner(scope));
    const closing = tokens.shift();
    if (closing?.startsWith(')') !== true) throw new NotUnderstood();
    return closing === ')' ? value : field(value, closing.slice(2), scope);
  }
  if (token.startsWith('"')) return unquoted(token);
  if (token.startsWith('`')) return token.slice(1, -1);
  if (/^-?\d/.test(token)) return Number(token);
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'nil') return null;
  if (token === '.') return scope.dot;
  if (token.startsWith('$')) return variable(token.slice(1), scope);
  if (token.startsWith('.')) return field(scope.dot, token.slice(1), scope);
  throw new NotUnderstood();
}

/** `$` stands for the parameters. */
function variable(token: string, scope: Scope): Json | undefined {
  const [name = '', ...fields] = token.split('.');
  const known = scope.variables.get(name);
  if (name !== '' && (known === undefined || !('value' in known))) throw new NotUnderstood();
  const value = name === '' ? scope.root : known?.value;
  return fields.length === 0 ? value : field(value, fields.join('.'), scope);
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
