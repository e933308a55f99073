import { goNumber } from './go-number.ts';
import type { Scalar } from './node.ts';
import { resolvePlain } from './scalars.ts';
import { timestampAsJson } from './timestamp.ts';

/** Where a scalar is written: the indent of its further lines, and the column in which it starts. */
export interface Spot {
  readonly indent: number;
  readonly column: number;
  /** Keys stand on one line. */
  readonly isKey: boolean;
}

/** go-yaml breaks a line at the first space behind this column. */
const WIDTH = 80;

/** Text that no style changes, short enough for any line: names, paths, and images with a tag. */
const SIMPLE = /^[A-Za-z/][\w/.-]*(?::[\w/.-]+)*$/;

/** Texts that YAML 1.1 reads as a number to the base 60. */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** What go-yaml's emitter does not write as it is: control characters, the byte order mark, and beyond the BMP. */
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** Nearly every text. */
const SHOWN = /^[\n\x20-\x7e]*$/;

/** What the runners of CI systems take for a command: `::name::` first in a line, `##[name]` and `##vso[` anywhere. */
const COMMAND = /^\s*::|##\w*\[/mu;

/**
 * A scalar as sigs.k8s.io/yaml writes it, which is how kubectl and kustomize print (go-yaml v2, emitterc.go). A block
 * scalar comes with its header and without the newline behind its last line.
 */
export function writeScalar(value: Scalar, spot: Spot): string {
  const simple = writeSimple(value);
  if (simple !== undefined || typeof value !== 'string') return simple ?? String(value);
  const written = writeString(value, spot);
  return COMMAND.test(written) ? inert(value, spot) : written;
}

/** The same for a scalar that is written alike in every spot, as most are; undefined for any other. */
export function writeSimple(value: Scalar): string | undefined {
  if (typeof value === 'number') return goNumber(value);
  if (typeof value !== 'string') return String(value);
  return SIMPLE.test(value) && resolvePlain(value, 'kubectl') === value ? value : undefined;
}

function writeString(value: string, spot: Spot): string {
  const shape = shapeOf(value);
  if (value.includes('\n')) {
    return shape.block && !spot.isKey ? literal(value, spot.indent) : doubleQuoted(value, spot);
  }
  if (!isString(value)) return doubleQuoted(value, spot);
  if (shape.plain && value !== '') return folded(value, spot, 0);
  return shape.single ? `'${folded(value.replaceAll("'", "''"), spot, 1)}'` : doubleQuoted(value, spot);
}

/** Whether the text without quotes would be read as the same string. */
function isString(text: string): boolean {
  if (text === '' || text === '<<' || BASE_60.test(text) || timestampAsJson(text) !== undefined) return false;
  return resolvePlain(text, 'kubectl') === text;
}

/** Whether the text can stand as it is, to go-yaml and to whoever reads it in a terminal. */
function isShown(text: string): boolean {
  return SHOWN.test(text) || !(UNPRINTABLE.test(text) || isHidden(text));
}

/**
 * What go-yaml writes as it is and a terminal obeys or hides: here it is escaped, which is the same value. Such classes
 * take milliseconds to make ready, so that they are made where one is needed.
 */
function isHidden(text: string): boolean {
  return /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(text);
}

interface Shape {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

/** The styles that keep the text (yaml_emitter_analyze_scalar). */
export function shapeOf(text: string): Shape {
  const special = !isShown(text) || / \n/.test(text);
  const breakSpace = /\n /.test(text);
  const indicator =
    /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:\s|$))/.test(text) || /:(?:[\s\x85\u2028\u2029]|$)|\s#/.test(text);
  const edge = /^[ \n]|[ \n]$/.test(text);
  return {
    plain: !special && !breakSpace && !indicator && !edge && !text.includes('\n'),
    single: !special && !breakSpace,
    block: !special && !text.endsWith(' '),
  };
}

/** Text in which long lines are broken at single spaces. */
function folded(text: string, { indent, column, isKey }: Spot, quotes: number): string {
  let width = column + quotes;
  if (isKey || width + text.length <= WIDTH) return text;
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at++, width++) {
    const isBreak =
      text[at] === ' ' &&
      text[at - 1] !== ' ' &&
      text[at + 1] !== ' ' &&
      width > WIDTH &&
      (quotes === 0 || (at > 0 && at < text.length - 1));
    if (!isBreak) continue;
    out += `${text.slice(from, at)}\n${' '.repeat(indent)}`;
    from = at + 1;
    width = indent - 1;
  }
  return out + text.slice(from);
}

/** The text as a `|` block with its header, at the indent. */
export function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : /^\n$|\n\n$/.test(text) ? '+' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map(line => (line === '' ? '' : ' '.repeat(indent) + line));
  return [`|${hint}${chomp}`, ...lines].join('\n');
}

const ESCAPES = new Map([
  ['\0', '0'],
  ['\x07', 'a'],
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\v', 'v'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['\x1b', 'e'],
  ['"', '"'],
  ['\\', '\\'],
  ['\x85', 'N'],
  ['\u2028', 'L'],
  ['\u2029', 'P'],
]);

function doubleQuoted(text: string, { indent, column, isKey }: Spot): string {
  let out = '"';
  let width = column + 1;
  const characters = [...text];
  let isAfterSpace = false;
  for (const [i, character] of characters.entries()) {
    const isSpace = character === ' ';
    const isInside = i > 0 && i < characters.length - 1;
    if (isSpace && !isKey && !isAfterSpace && width > WIDTH && isInside) {
      const next = characters[i + 1] === ' ' ? '\\' : '';
      out += `\n${' '.repeat(indent)}${next}`;
      width = indent + next.length;
    } else {
      const written = isSpace ? ' ' : escaped(character);
      out += written;
      width += written.length;
    }
    isAfterSpace = isSpace;
  }
  return `${out}"`;
}

/** On one line, with escapes in what looks like a command: the same value, which no runner obeys. */
function inert(value: string, spot: Spot): string {
  const written = doubleQuoted(value, { ...spot, isKey: true });
  return written.replaceAll('::', ':\\x3A').replaceAll('##', '#\\x23');
}

function escaped(character: string): string {
  const short = ESCAPES.get(character);
  if (short !== undefined) return `\\${short}`;
  if (isShown(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const [letter, digits] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${letter}${code.toString(16).toUpperCase().padStart(Number(digits), '0')}`;
}
