import type { MapEntry, Node, Scalar, Source, Span } from '../yaml/node.ts';

/**
 * Reads the part of YAML in which manifests are mostly written: block mappings and lists, scalars on one line, literal
 * blocks. For such text it gives what `parse` gives, several times as fast, which decides how long the first look at a
 * large repository takes. Undefined for any other text, which is then for `parse`. Only scalars that are no strings have
 * a span of their own; all else has that of the whole text.
 */
export function readPlainYaml(source: Source): Node[] | undefined {
  if (UNUSUAL.test(source.text)) return undefined;
  const reader: Reader = { source, text: source.text, next: 0, whole: { source, start: 0, end: source.text.length } };
  try {
    return readDocuments(reader);
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

/** One for all: making an error with its stack takes longer than reading most files. */
const NOT_PLAIN = new Error('not plain YAML');

/** Tabs, carriage returns, control characters, characters beyond the basic plane. */
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const KEY = /[A-Za-z_][\w./-]*(?=:(?: |\n|$))/y;
const PLAIN_START = /[\w./$(+=^<~-]/;
const END_OF_QUOTED = /^ *(?: #.*)?$/;
const LITERAL = /\|-? *(?:#.*)?$/my;
const MAX_DEPTH = 50;

interface Reader {
  readonly source: Source;
  readonly text: string;
  /** Where the next line starts. */
  next: number;
  readonly whole: Span;
}

/** A line with something on it, or the rest of one after `- `. */
interface Line {
  /** Columns before `start`; -1 for a line between documents and after the last line. */
  readonly indent: number;
  readonly start: number;
  readonly end: number;
}

function readDocuments(reader: Reader): Node[] {
  const documents: Node[] = [];
  while (reader.next <= reader.text.length) {
    const line = peek(reader);
    if (line.indent < 0) reader.next = line.end + 1;
    else documents.push(readBlock(reader, line, 0));
    if (peek(reader).indent >= 0 && line.indent >= 0) throw NOT_PLAIN;
  }
  return documents;
}

/** The next line that says something; `next` is then its start. */
function peek(reader: Reader): Line {
  const { text } = reader;
  for (;;) {
    const lineStart = reader.next;
    let start = lineStart;
    while (text.charCodeAt(start) === SPACE) start++;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const first = text.charCodeAt(start);
    if (start < end && first !== HASH) return lineAt(text, lineStart, start, end);
    if (newline < 0) return { indent: -1, start: end, end };
    reader.next = newline + 1;
  }
}

const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;

function lineAt(text: string, lineStart: number, start: number, end: number): Line {
  if (start === lineStart && (text.startsWith('---', start) || text.startsWith('...', start))) {
    if (text.slice(start, end) !== '---') throw NOT_PLAIN;
    return { indent: -1, start, end };
  }
  return { indent: start - lineStart, start, end };
}

function readBlock(reader: Reader, line: Line, depth: number): Node {
  if (depth > MAX_DEPTH) throw NOT_PLAIN;
  return isItem(reader.text, line) ? readList(reader, line, depth) : readMapping(reader, line, depth);
}

function isItem(text: string, { start, end }: Line): boolean {
  return text.charCodeAt(start) === DASH && (start + 1 === end || text.charCodeAt(start + 1) === SPACE);
}

function readList(reader: Reader, first: Line, depth: number): Node {
  const { text } = reader;
  const items: Node[] = [];
  let line = first;
  for (; line.indent === first.indent && isItem(text, line); line = peek(reader)) {
    let start = line.start + 1;
    while (text.charCodeAt(start) === SPACE) start++;
    const rest = { indent: line.indent + start - line.start, start, end: line.end };
    if (hasKey(text, rest)) items.push(readMapping(reader, rest, depth + 1));
    else items.push(readValue(reader, rest, line.indent, depth));
  }
  // At the same indent the mapping may go on that the list is a value of.
  if (line.indent > first.indent) throw NOT_PLAIN;
  return { kind: 'seq', items, span: reader.whole };
}

function hasKey(text: string, { start, end }: Line): boolean {
  KEY.lastIndex = start;
  return start < end && KEY.test(text);
}

function readMapping(reader: Reader, first: Line, depth: number): Node {
  const { text, whole } = reader;
  const entries = new Map<string, MapEntry>();
  let line = first;
  for (; line.indent === first.indent; line = peek(reader)) {
    if (!hasKey(text, line)) throw NOT_PLAIN;
    const colon = KEY.lastIndex;
    const key = text.slice(line.start, colon);
    if (entries.has(key) || isWord(key)) throw NOT_PLAIN;
    let start = colon + 1;
    while (text.charCodeAt(start) === SPACE) start++;
    const value = readValue(reader, { indent: line.indent, start, end: line.end }, line.indent, depth, true);
    entries.set(key, { key: whole, value });
  }
  if (line.indent > first.indent) throw NOT_PLAIN;
  return { kind: 'map', entries, span: reader.whole };
}

/** What stands after `key:` or `-`, in the rest of the line or below it. `parent` is the indent of the key or dash. */
function readValue(reader: Reader, rest: Line, parent: number, depth: number, inMapping = false): Node {
  const { text, source } = reader;
  reader.next = rest.end + 1;
  if (isBlank(text, rest)) {
    const line = peek(reader);
    if (line.indent > parent) return readBlock(reader, line, depth + 1);
    if (inMapping && line.indent === parent && isItem(text, line)) return readList(reader, line, depth + 1);
    return { kind: 'scalar', value: null, span: { source, start: rest.start, end: rest.start } };
  }
  LITERAL.lastIndex = rest.start;
  return text[rest.start] === '|' && LITERAL.test(text) ? readLiteral(reader, rest, parent) : readScalar(reader, rest);
}

/** Whether nothing but a comment is left of the line. */
function isBlank(text: string, { start, end }: Line): boolean {
  return start >= end || text.charCodeAt(start) === HASH;
}

function readScalar({ text, source, whole }: Reader, { start, end }: Line): Node {
  const first = text[start] ?? '';
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, start + 1);
    const value = text.slice(start + 1, close);
    if (close < 0 || close >= end || value.includes('\\') || !END_OF_QUOTED.test(text.slice(close + 1, end)))
      throw NOT_PLAIN;
    return { kind: 'scalar', value, span: whole };
  }
  const content = withoutComment(text.slice(start, end));
  if (content === '{}') return { kind: 'map', entries: new Map(), span: whole };
  if (content === '[]') return { kind: 'seq', items: [], span: whole };
  const isList = first === '-' && (content.length === 1 || content[1] === ' ');
  if (!PLAIN_START.test(first) || isList || content.includes(': ') || content.endsWith(':')) throw NOT_PLAIN;
  const value = plainValue(content);
  const span = typeof value === 'string' ? whole : { source, start, end: start + content.length };
  return { kind: 'scalar', value, span };
}

function withoutComment(rest: string): string {
  const comment = rest.indexOf(' #');
  return (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
}

/** Words that a reader of YAML takes for more than text, and what may be a number or a date: those are left to it. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const NUMBER_START = /^(?:[-+0-9~]|\.[^./])/;
/** `1.4.2-shop`, `10s`: no number for any reader. */
const SURELY_TEXT = /^[0-9]+(?:\.[0-9]+\.[\w.-]+|[smh])$/;

const INTEGER = /^(?:0|[1-9][0-9]{0,8})$/;

function plainValue(text: string): Scalar {
  const first = text.charCodeAt(0);
  const isNumeric = first <= LAST_OF_NUMBERS || first === TILDE;
  if (!isNumeric) {
    if (text === 'true' || text === 'false') return text === 'true';
    if (isWord(text)) throw NOT_PLAIN;
    return text;
  }
  if (INTEGER.test(text)) return Number(text);
  if (SURELY_TEXT.test(text) || !(NUMBER_START.test(text) || text === '.')) return text;
  throw NOT_PLAIN;
}

const LAST_OF_NUMBERS = 0x39;
const TILDE = 0x7e;

function isWord(text: string): boolean {
  return text.length <= 5 && WORD.test(text);
}

/** A block after `|` or `|-`. */
function readLiteral(reader: Reader, { start, end }: Line, parent: number): Node {
  const { text, whole } = reader;
  const lines: string[] = [];
  let indent: number | undefined;
  let next = end + 1;
  while (next < text.length) {
    const newline = text.indexOf('\n', next);
    const lineEnd = newline < 0 ? text.length : newline;
    let first = next;
    while (text.charCodeAt(first) === SPACE) first++;
    const isEmpty = first === lineEnd;
    if (!isEmpty && first - next < (indent ?? parent + 1)) break;
    if (isEmpty && indent === undefined && first > next) throw NOT_PLAIN;
    if (!isEmpty) indent ??= first - next;
    lines.push(text.slice(next + (indent ?? 0), lineEnd));
    next = lineEnd + 1;
  }
  reader.next = next;
  const content = lines.join('\n').replace(/\n+$/, '');
  const isStripped = text[start + 1] === '-' || content === '';
  return { kind: 'scalar', value: isStripped ? content : `${content}\n`, span: whole };
}
