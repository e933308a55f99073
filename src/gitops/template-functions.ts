import { goPattern, PatternError } from '../kubernetes/go-pattern.ts';
import type { Json } from '../yaml/node.ts';

/** A function of a Go template; undefined where the values do not fit. */
export type TemplateFunction = (operands: readonly Json[]) => Json | undefined;

/** As Argo CD's SanitizeName does: what a Kubernetes name may hold. */
export function normalised(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/** Of text alone, with as many operands as the function has parameters. */
function ofText(apply: (...texts: string[]) => Json): TemplateFunction {
  return operands => {
    const texts = operands.map(textOf);
    const known = texts.filter(text => text !== undefined);
    return known.length === texts.length && texts.length === apply.length ? apply(...known) : undefined;
  };
}

function textOf(value: Json): string | undefined {
  return typeof value === 'object' ? undefined : String(value);
}

function isEmpty(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return !value;
}

function at(value: Json | undefined, step: Json): Json | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === step)?.[1];
}

function listOf(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || (typeof a === 'number' && typeof b === 'bigint' && BigInt(a) === b);
}

function indented(width: string, text: string): string {
  const pad = ' '.repeat(Math.min(Number(width) || 0, 100));
  return pad + text.replaceAll('\n', `\n${pad}`);
}

/** Of text/template, sprig, and Argo CD's own (applicationset/utils): those that choose names and paths. */
export const TEMPLATE_FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['lower', ofText(text => text.toLowerCase())],
  ['upper', ofText(text => text.toUpperCase())],
  ['trim', ofText(text => text.trim())],
  ['nospace', ofText(text => text.replaceAll(/\s/g, ''))],
  ['normalize', ofText(text => normalised(text))],
  ['quote', ofText(text => JSON.stringify(text))],
  ['squote', ofText(text => `'${text}'`)],
  ['toString', ofText(text => text)],
  ['int', ofText(text => Math.trunc(Number(text)) || 0)],
  ['trimPrefix', ofText((prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text))],
  ['trimSuffix', ofText((suffix, text) => (text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text))],
  ['hasPrefix', ofText((prefix, text) => text.startsWith(prefix))],
  ['hasSuffix', ofText((suffix, text) => text.endsWith(suffix))],
  ['contains', ofText((part, text) => text.includes(part))],
  ['replace', ofText((old, other, text) => text.split(old).join(other))],
  [
    'trunc',
    ofText((length, text) => (Number(length) < 0 ? text.slice(Number(length)) : text.slice(0, Number(length)))),
  ],
  ['repeat', ofText((count, text) => text.repeat(Math.min(Math.max(Number(count) || 0, 0), 100)))],
  ['regexMatch', ofText((expression, text) => matches(expression, text))],
  ['b64dec', ofText(text => Buffer.from(text, 'base64').toString())],
  ['atoi', ofText(text => (/^[-+]?\d{1,15}$/.test(text) ? Number(text) : 0))],
  ['add', sum],
  ['splitList', ofText((separator, text) => text.split(separator))],
  ['b64enc', ofText(text => Buffer.from(text).toString('base64'))],
  ['indent', ofText((width, text) => indented(width, text))],
  ['nindent', ofText((width, text) => `\n${indented(width, text)}`)],
  ['base', ofText(path => path.slice(path.lastIndexOf('/') + 1))],
  ['dir', ofText(path => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'))],
  ['join', ([separator = '', list]) => listOf(list)?.join(String(separator))],
  ['first', ([list]) => listOf(list)?.[0]],
  ['last', ([list]) => listOf(list)?.at(-1)],
  ['list', operands => operands],
  ['dict', dictOf],
  ['dig', operands => dig(operands)],
  ['append', ([list, item = null]) => listOf(list)?.concat([item])],
  ['prepend', ([list, item = null]) => listOf(list) && [item, ...(listOf(list) ?? [])]],
  ['concat', lists => lists.flatMap(list => listOf(list) ?? [])],
  ['rest', ([list]) => listOf(list)?.slice(1)],
  ['initial', ([list]) => listOf(list)?.slice(0, -1)],
  ['uniq', ([list]) => listOf(list)?.filter((item, i, all) => all.findIndex(other => isSame(item, other)) === i)],
  ['has', ([item, list]) => listOf(list)?.some(other => isSame(item, other))],
  ['index', ([value, ...steps]) => steps.reduce<Json | undefined>(at, value)],
  ['get', ([value, key = '']) => at(value, key) ?? ''],
  ['hasKey', ([value, key = '']) => at(value, key) !== undefined],
  ['len', ([value]) => (typeof value === 'string' ? Buffer.byteLength(value) : Object.keys(value ?? {}).length)],
  ['default', ([fallback, value]) => (isEmpty(value) ? fallback : value)],
  ['coalesce', operands => operands.find(value => !isEmpty(value)) ?? null],
  ['empty', ([value]) => isEmpty(value)],
  ['ternary', ([yes, no, test]) => (isEmpty(test) ? no : yes)],
  ['eq', ([value, ...others]) => others.some(other => isSame(value, other))],
  ['ne', ([a, b]) => !isSame(a, b)],
  ['lt', ([a, b]) => compare(a, b, order => order < 0)],
  ['le', ([a, b]) => compare(a, b, order => order <= 0)],
  ['gt', ([a, b]) => compare(a, b, order => order > 0)],
  ['ge', ([a, b]) => compare(a, b, order => order >= 0)],
  ['not', ([value]) => isEmpty(value)],
  ['and', operands => operands.find(isEmpty) ?? operands.at(-1)],
  ['or', operands => operands.find(value => !isEmpty(value)) ?? operands.at(-1)],
  // JSON is YAML.
  ['toYaml', ([value = null]) => JSON.stringify(value)],
  ['toJson', ([value = null]) => JSON.stringify(value)],
  ['printf', ([format, ...values]) => printf(textOf(format ?? null) ?? '', values)],
]);

/** `%s`, `%d` and `%v` alone. */
function printf(format: string, values: readonly Json[]): string | undefined {
  const texts = values.map(textOf);
  if (/%(?![sdv%])/.test(format.replaceAll('%%', ''))) return undefined;
  let next = 0;
  const filled = format.replaceAll(/%([sdv%])/g, (_, verb: string) => (verb === '%' ? '%' : (texts[next++] ?? '')));
  return next === texts.length && texts.every(text => text !== undefined) ? filled : undefined;
}

/** A mapping of keys and values in turn. */
function dictOf(operands: readonly Json[]): Json | undefined {
  const made = new Map<string, Json>();
  for (let i = 0; i < operands.length; i += 2) {
    const key = textOf(operands[i] ?? null);
    if (key === undefined) return undefined;
    made.set(key, operands[i + 1] ?? '');
  }
  return Object.fromEntries(made);
}

/** `dig "a" "b" "otherwise" .map`. */
function dig(operands: readonly Json[]): Json | undefined {
  const [value, otherwise, ...steps] = operands.toReversed();
  if (value === undefined || otherwise === undefined) return undefined;
  return steps.toReversed().reduce<Json | undefined>(at, value) ?? otherwise;
}

function matches(expression: string, text: string): boolean {
  try {
    return goPattern(expression)(text);
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

function sum(operands: readonly Json[]): Json | undefined {
  const numbers = operands.map(value => (typeof value === 'bigint' ? Number(value) : value));
  const known = numbers.filter(value => Number.isSafeInteger(value)).map(Number);
  return known.length === numbers.length ? known.reduce((total, value) => total + value, 0) : undefined;
}

/** By their order, where both are text or both are numbers. */
function compare(a: Json | undefined, b: Json | undefined, holds: (order: number) => boolean): boolean | undefined {
  if (typeof a === 'string' && typeof b === 'string') return holds(a === b ? 0 : a < b ? -1 : 1);
  const isNumber = (value: Json | undefined) => typeof value === 'number' || typeof value === 'bigint';
  return isNumber(a) && isNumber(b) ? holds(Number(a) - Number(b)) : undefined;
}
