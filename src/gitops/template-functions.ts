import { type Json, Source, toJson } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { TEXT_FUNCTIONS, textOf } from './template-text.ts';

/** A function of a Go template; undefined where the values do not fit. */
export type TemplateFunction = (operands: readonly Json[]) => Json | undefined;

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

/** The items of a mapping by their keys in their order; Go's own order is any. */
function entriesOf(value: Json | undefined): [string, Json][] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A whole number as sprig casts it; undefined where it is none. */
function wholeOf(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && /^[-+]?\d{1,15}$/.test(value) ? Number(value) : value;
  const whole = typeof number === 'bigint' ? Number(number) : number;
  return typeof whole === 'number' && Number.isSafeInteger(whole) ? whole : undefined;
}

function ofWhole(apply: (...numbers: number[]) => Json | undefined): TemplateFunction {
  return operands => {
    const numbers = operands.map(wholeOf).filter(number => number !== undefined);
    return numbers.length === operands.length && numbers.length > 0 ? apply(...numbers) : undefined;
  };
}

function truncated([value = null]: readonly Json[]): number {
  return Math.trunc(Number(textOf(value))) || 0;
}

/** More are no list of Applications. */
const MAX_UNTIL = 1_000;

/** Of text/template, sprig, and Argo CD's own (applicationset/utils): those that choose names and paths. */
export const TEMPLATE_FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...TEXT_FUNCTIONS,
  ['int', truncated],
  ['int64', truncated],
  ['atoi', ([value]) => (typeof value === 'string' ? (wholeOf(value) ?? 0) : undefined)],
  ['add', ofWhole((...numbers) => numbers.reduce((total, number) => total + number, 0))],
  ['add1', ofWhole(number => number + 1)],
  ['sub', ofWhole((a, b = Number.NaN) => wholeOf(a - b))],
  ['mul', ofWhole((...numbers) => wholeOf(numbers.reduce((total, number) => total * number, 1)))],
  ['div', ofWhole((a, b = 0) => wholeOf(Math.trunc(a / b)))],
  ['mod', ofWhole((a, b = 0) => wholeOf(a % b))],
  ['max', ofWhole((...numbers) => Math.max(...numbers))],
  ['min', ofWhole((...numbers) => Math.min(...numbers))],
  ['until', ofWhole(count => (count < 0 || count > MAX_UNTIL ? undefined : [...new Array(count).keys()]))],
  ['join', ([separator = '', list]) => listOf(list)?.join(String(separator))],
  ['first', ([list]) => listOf(list)?.[0]],
  ['last', ([list]) => listOf(list)?.at(-1)],
  ['list', operands => operands],
  ['tuple', operands => operands],
  ['slice', ([list, start = 0, end]) => listOf(list)?.slice(wholeOf(start), wholeOf(end))],
  ['append', ([list, item = null]) => listOf(list)?.concat([item])],
  ['prepend', ([list, item = null]) => listOf(list) && [item, ...(listOf(list) ?? [])]],
  ['concat', lists => lists.flatMap(list => listOf(list) ?? [])],
  ['rest', ([list]) => listOf(list)?.slice(1)],
  ['initial', ([list]) => listOf(list)?.slice(0, -1)],
  ['reverse', ([list]) => listOf(list)?.toReversed()],
  ['sortAlpha', ([list]) => listOf(list)?.map(String).sort()],
  ['compact', ([list]) => listOf(list)?.filter(item => !isEmpty(item))],
  ['without', ([list, ...items]) => listOf(list)?.filter(item => !items.some(other => isSame(item, other)))],
  ['uniq', ([list]) => listOf(list)?.filter((item, i, all) => all.findIndex(other => isSame(item, other)) === i)],
  ['has', ([item, list]) => listOf(list)?.some(other => isSame(item, other))],
  ['dict', dictOf],
  ['dig', operands => dig(operands)],
  ['index', ([value, ...steps]) => steps.reduce<Json | undefined>(at, value)],
  ['get', ([value, key = '']) => at(value, key) ?? ''],
  ['hasKey', ([value, key = '']) => at(value, key) !== undefined],
  ['keys', ([value]) => entriesOf(value)?.map(([key]) => key)],
  ['values', ([value]) => entriesOf(value)?.map(([, item]) => item)],
  ['pick', ([value, ...keys]) => chosen(value, key => keys.includes(key))],
  ['omit', ([value, ...keys]) => chosen(value, key => !keys.includes(key))],
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
  ['kindIs', ([kind, value = null]) => (kindOf(value) === undefined ? undefined : kindOf(value) === kind)],
  // JSON is YAML.
  ['toYaml', ([value = null]) => JSON.stringify(value)],
  ['toJson', ([value = null]) => JSON.stringify(value)],
  ['fromYaml', fromYaml],
  ['fromYamlArray', operands => listOf(fromYaml(operands))],
  ['fromJson', fromYaml],
  ['printf', ([format, ...values]) => printf(textOf(format ?? null) ?? '', values)],
]);

/** Go's name of the kind of a value; undefined for numbers, which may be of several. */
function kindOf(value: Json): string | undefined {
  if (value === null) return 'invalid';
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : undefined;
}

function fromYaml([value]: readonly Json[]): Json | undefined {
  if (typeof value !== 'string') return undefined;
  const { documents, problems } = parse(new Source('', value), 'kubectl');
  return problems.length > 0 || documents[0] === undefined ? undefined : toJson(documents[0]);
}

function chosen(value: Json | undefined, isChosen: (key: string) => boolean): Json | undefined {
  const entries = entriesOf(value);
  return entries && Object.fromEntries(entries.filter(([key]) => isChosen(key)));
}

/** `%s`, `%d`, `%v` and `%q` alone, numbers with zeros in front as well. */
function printf(format: string, values: readonly Json[]): string | undefined {
  const texts = values.map(textOf);
  if (/%(?!0?\d?[sdvq%])/.test(format.replaceAll('%%', ''))) return undefined;
  let next = 0;
  const filled = format.replaceAll(/%(?:0(\d))?([sdvq%])/g, (_, width: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    const text = texts[next++] ?? '';
    return verb === 'q' ? JSON.stringify(text) : text.padStart(Number(width ?? 0), '0');
  });
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

/** By their order, where both are text or both are numbers. */
function compare(a: Json | undefined, b: Json | undefined, holds: (order: number) => boolean): boolean | undefined {
  if (typeof a === 'string' && typeof b === 'string') return holds(a === b ? 0 : a < b ? -1 : 1);
  const isNumber = (value: Json | undefined) => typeof value === 'number' || typeof value === 'bigint';
  return isNumber(a) && isNumber(b) ? holds(Number(a) - Number(b)) : undefined;
}
