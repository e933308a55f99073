import { createHash } from 'node:crypto';
import { type GoMatch, goMatches, goPattern, PatternError } from '../kubernetes/go-pattern.ts';
import type { Json } from '../yaml/node.ts';
import type { TemplateFunction } from './template-functions.ts';

/** As Argo CD's SanitizeName does: what a Kubernetes name may hold. */
export function normalised(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/** A scalar as text; undefined for lists and mappings. */
export function textOf(value: Json): string | undefined {
  return typeof value === 'object' ? undefined : String(value);
}

/** Of text alone, with as many operands as the function has parameters. */
function ofText(apply: (...texts: string[]) => Json | undefined): TemplateFunction {
  return operands => {
    const texts = operands.map(textOf);
    const known = texts.filter(text => text !== undefined);
    return known.length === texts.length && texts.length === apply.length ? apply(...known) : undefined;
  };
}

/** Likewise, where the first is an expression of RE2: one that Go refuses makes no text. */
function ofPattern(apply: (matches: readonly GoMatch[], text: string, more: string) => Json | undefined) {
  return ([expression = null, text = null, more = '', ...others]: readonly Json[]): Json | undefined => {
    const [pattern, subject, rest] = [expression, text, more].map(textOf);
    if (pattern === undefined || subject === undefined || rest === undefined || others.length > 0) return undefined;
    try {
      return apply(goMatches(pattern)(subject), subject, rest);
    } catch (error) {
      if (error instanceof PatternError) return undefined;
      throw error;
    }
  };
}

/** Functions of sprig and of Argo CD (applicationset/utils) whose operands are text. */
export const TEXT_FUNCTIONS: readonly (readonly [string, TemplateFunction])[] = [
  ['lower', ofText(text => text.toLowerCase())],
  ['upper', ofText(text => text.toUpperCase())],
  ['title', ofText(text => text.replaceAll(/(^|[^\p{L}\p{N}_])(\p{Ll})/gu, (found: string) => found.toUpperCase()))],
  ['trim', ofText(text => text.trim())],
  ['trimAll', ofText(trimmed)],
  ['trimall', ofText(trimmed)],
  ['nospace', ofText(text => text.replaceAll(/\s/g, ''))],
  ['normalize', ofText(text => normalised(text))],
  ['slugify', slug],
  ['quote', ofText(text => JSON.stringify(text))],
  ['squote', ofText(text => `'${text}'`)],
  [
    'cat',
    operands =>
      words(operands.filter(value => value !== null))
        ?.join(' ')
        .trim(),
  ],
  ['print', operands => (operands.every(value => typeof value === 'string') ? operands.join('') : undefined)],
  ['toString', ofText(text => text)],
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
  ['substr', ofText((start, end, text) => substring(Number(start), Number(end), text))],
  ['repeat', ofText((count, text) => text.repeat(Math.min(Math.max(Number(count) || 0, 0), 100)))],
  ['b64enc', ofText(text => Buffer.from(text).toString('base64'))],
  ['b64dec', ofText(text => Buffer.from(text, 'base64').toString())],
  ['sha1sum', ofText(text => createHash('sha1').update(text).digest('hex'))],
  ['sha256sum', ofText(text => createHash('sha256').update(text).digest('hex'))],
  ['indent', ofText((width, text) => indented(width, text))],
  ['nindent', ofText((width, text) => `\n${indented(width, text)}`)],
  ['base', ofText(path => path.slice(path.lastIndexOf('/') + 1))],
  ['dir', ofText(path => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'))],
  ['splitList', ofText((separator, text) => text.split(separator))],
  ['split', ofText((separator, text) => numbered(text.split(separator)))],
  ['splitn', ofText((separator, count, text) => numbered(splitAtMost(text, separator, Number(count))))],
  ['regexMatch', ofText((expression, text) => matches(expression, text))],
  ['regexFind', ofPattern((found, text) => partsIn(found, text)[0] ?? '')],
  ['regexFindAll', ofPattern((found, text, count) => partsIn(found, text).slice(0, most(count)))],
  ['regexSplit', ofPattern((found, text, count) => (Number(count) < 0 ? between(found, text) : undefined))],
  ['regexReplaceAll', ofPattern((found, text, by) => replaced(found, text, match => expanded(by, match.groups)))],
  ['regexReplaceAllLiteral', ofPattern((found, text, by) => replaced(found, text, () => by))],
  ['regexQuoteMeta', ofText(text => text.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&'))],
];

function words(values: readonly Json[]): string[] | undefined {
  const texts = values.map(textOf).filter(text => text !== undefined);
  return texts.length === values.length ? texts : undefined;
}

function trimmed(cut: string, text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && cut.includes(text.charAt(start))) start++;
  while (end > start && cut.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function indented(width: string, text: string): string {
  const pad = ' '.repeat(Math.min(Number(width) || 0, 100));
  return pad + text.replaceAll('\n', `\n${pad}`);
}

function substring(start: number, end: number, text: string): string {
  if (start < 0) return text.slice(0, end);
  return end < 0 || end > text.length ? text.slice(start) : text.slice(start, end);
}

function numbered(parts: readonly string[]): Json {
  return Object.fromEntries(parts.map((part, index) => [`_${index}`, part]));
}

function splitAtMost(text: string, separator: string, count: number): string[] {
  const parts = text.split(separator);
  return count <= 0 ? parts : [...parts.slice(0, count - 1), ...rest(parts.slice(count - 1), separator)];
}

function rest(parts: readonly string[], separator: string): string[] {
  return parts.length === 0 ? [] : [parts.join(separator)];
}

/** `slugify`, `slugify 23` or `slugify 23 false`: at most so long, and where it is smart by whole words (gosimple/slug). */
function slug(operands: readonly Json[]): Json | undefined {
  const [length = 50, isSmart = true] = operands.slice(0, -1);
  const name = operands.at(-1);
  if (typeof name !== 'string' || typeof length !== 'number' || typeof isSmart !== 'boolean') return undefined;
  const whole = normalised(isSmart ? name : normalised(name).slice(0, length))
    .replaceAll(/[^a-z0-9-_]/g, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '');
  if (!isSmart || length <= 0 || whole.length <= length) return whole;
  const lastWord = whole.lastIndexOf('-', length);
  return whole.slice(0, lastWord < 0 ? length : lastWord);
}

function matches(expression: string, text: string): boolean {
  try {
    return goPattern(expression)(text);
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

function partsIn(found: readonly GoMatch[], text: string): string[] {
  return found.map(({ start, end }) => text.slice(start, end));
}

function most(count: string): number | undefined {
  return Number(count) < 0 ? undefined : Number(count);
}

function between(found: readonly GoMatch[], text: string): string[] {
  const ends = [0, ...found.map(({ end }) => end)];
  return ends.map((end, i) => text.slice(end, found[i]?.start));
}

function replaced(found: readonly GoMatch[], text: string, by: (match: GoMatch) => string): string {
  const parts = between(found, text);
  return parts.map((part, i) => part + (found[i] === undefined ? '' : by(found[i]))).join('');
}

/** Go's `Regexp.Expand`: `$1`, `$name` with as many letters as there are, `${name}`, `$$`; '' for a group that is none. */
function expanded(template: string, groups: ReadonlyMap<string, string>): string {
  return template.replaceAll(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain;
    return name === undefined ? '$' : (groups.get(name) ?? '');
  });
}
