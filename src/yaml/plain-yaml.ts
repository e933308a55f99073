import type { MapEntry, MapNode, Node, Scalar, SeqNode, Source, Span } from './node.ts';
import { isWord, readPlainFlow } from './plain-flow.ts';
import { type Dialect, resolvePlain } from './scalars.ts';

/**
 * Reads the part of YAML in which manifests are mostly written: block mappings and lists, scalars, and lists and
 * mappings on one line, literal blocks. For such text it gives what `parse` gives, several times as fast. Undefined for any other text, which is then
 * for the whole parser.
 *
 * @param places `exact`, or for a reader who wants only values `rough`: all but scalars that are no strings, which are
 * read again where they stand, then have the place of the whole text
 */
export function readPlainYaml(source: Source, dialect: Dialect, places: 'exact' | 'rough'): Node[] | undefined {
  if (source.text.length > MAX_LENGTH || UNUSUAL.test(source.text)) return undefined;
  const whole = places === 'rough' ? { source, start: 0, end: source.text.length } : undefined;
  const reader: Reader = { source, text: source.text, dialect, next: 0, end: 0, whole };
  try {
    return readDocuments(reader);
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

/** A text of this length holds fewer values than are read of one text at most: each takes two characters. */
const MAX_LENGTH = 900_000;

/** One for all: making an error with its stack takes longer than reading most files. */
const NOT_PLAIN = new Error('not plain YAML');

/** Tabs, line breaks of other kinds, control characters, characters beyond the basic plane. */
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const KEY = /[A-Za-z_][\w./-]*(?=:(?: |\n|$))/y;
const PLAIN_START = /[\w./$(+=^<~-]/;
/** What may follow a closing quote or bracket on its line. */
const END_OF_QUOTED = /^ *(?: #.*)?$/;
const LITERAL = /\|-? *(?:#.*)?$/my;
const MAX_DEPTH = 50;

interface Reader {
  readonly source: Source;
  readonly text: string;
  readonly dialect: Dialect;
  /** Where the next line starts. */
  next: number;
  /** Where the last scalar ended. */
  end: number;
  readonly whole: Span | undefined;
}

function spanOf({ source, whole }: Reader, start: number, end: number): Span {
  return whole ?? { source, start, end };
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

function readList(reader: Reader, first: Line, depth: number): SeqNode {
  const { text } = reader;
  const items: Node[] = [];
  let line = first;
  for (; line.indent === first.indent && isItem(text, line); line = peek(reader)) {
    let start = line.start + 1;
    while (text.charCodeAt(start) === SPACE) start++;
    const rest = { indent: line.indent + start - line.start, start, end: line.end };
    if (hasKey(text, rest)) items.push(readMapping(reader, rest, depth + 1));
    else items.push(readValue(reader, rest, { indent: line.indent, end: line.start + 1, isKey: false }, depth));
  }
  // At the same indent the mapping may go on that the list is a value of.
  if (line.indent > first.indent) throw NOT_PLAIN;
  return { kind: 'seq', items, span: spanOf(reader, first.start, reader.end) };
}

function hasKey(text: string, { start, end }: Line): boolean {
  KEY.lastIndex = start;
  return start < end && KEY.test(text);
}

function readMapping(reader: Reader, first: Line, depth: number): MapNode {
  const { text } = reader;
  const entries = new Map<string, MapEntry>();
  let line = first;
  for (; line.indent === first.indent; line = peek(reader)) {
    if (!hasKey(text, line)) throw NOT_PLAIN;
    const colon = KEY.lastIndex;
    const key = text.slice(line.start, colon);
    if (entries.has(key) || isWord(key)) throw NOT_PLAIN;
    let start = colon + 1;
    while (text.charCodeAt(start) === SPACE) start++;
    const parent = { indent: line.indent, end: colon + 1, isKey: true };
    const value = readValue(reader, { indent: line.indent, start, end: line.end }, parent, depth);
    entries.set(key, { key: spanOf(reader, line.start, colon), value });
  }
  if (line.indent > first.indent) throw NOT_PLAIN;
  return { kind: 'map', entries, span: spanOf(reader, first.start, reader.end) };
}

/** The `key:` or the `-` before a value. */
interface Parent {
  readonly indent: number;
  readonly end: number;
  readonly isKey: boolean;
}

/** What stands after `key:` or `-`, in the rest of the line or below it. */
function readValue(reader: Reader, rest: Line, parent: Parent, depth: number): Node {
  const { text } = reader;
  reader.next = rest.end + 1;
  if (isBlank(text, rest)) {
    const line = peek(reader);
    if (line.indent > parent.indent) return readBlock(reader, line, depth + 1);
    if (parent.isKey && line.indent === parent.indent && isItem(text, line)) return readList(reader, line, depth + 1);
    return readNull(reader, parent.end);
  }
  LITERAL.lastIndex = rest.start;
  return text[rest.start] === '|' && LITERAL.test(text)
    ? readLiteral(reader, rest, parent.indent)
    : readScalar(reader, rest);
}

function readNull(reader: Reader, at: number): Node {
  reader.end = at;
  return { kind: 'scalar', value: null, span: { source: reader.source, start: at, end: at } };
}

/** Whether nothing but a comment is left of the line. */
function isBlank(text: string, { start, end }: Line): boolean {
  return start >= end || text.charCodeAt(start) === HASH;
}

function readScalar(reader: Reader, { start, end }: Line): Node {
  const { text, source, dialect } = reader;
  const first = text[start] ?? '';
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, start + 1);
    const value = text.slice(start + 1, close);
    if (close < 0 || close >= end || value.includes('\\') || !END_OF_QUOTED.test(text.slice(close + 1, end)))
      throw NOT_PLAIN;
    reader.end = close + 1;
    return { kind: 'scalar', value, span: spanOf(reader, start, close + 1) };
  }
  if (first === '[' || first === '{') return readFlow(reader, start, end);
  const content = withoutComment(text.slice(start, end));
  reader.end = start + content.length;
  const isList = first === '-' && (content.length === 1 || content[1] === ' ');
  if (!PLAIN_START.test(first) || isList || content.includes(': ') || content.endsWith(':')) throw NOT_PLAIN;
  const value: Scalar | undefined = resolvePlain(content, dialect);
  if (value === undefined) throw NOT_PLAIN;
  const span = typeof value === 'string' ? spanOf(reader, start, reader.end) : { source, start, end: reader.end };
  return { kind: 'scalar', value, span };
}

function readFlow(reader: Reader, start: number, end: number): Node {
  const value = readPlainFlow(reader.source, start, reader.dialect);
  if (value === undefined || !END_OF_QUOTED.test(reader.text.slice(value.span.end, end))) throw NOT_PLAIN;
  reader.end = value.span.end;
  return value;
}

function withoutComment(rest: string): string {
  const comment = rest.indexOf(' #');
  return (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
}

/** A block after `|` or `|-`. */
function readLiteral(reader: Reader, { start, end }: Line, parent: number): Node {
  const { text } = reader;
  const lines: string[] = [];
  let indent: number | undefined;
  let next = end + 1;
  let last = 0;
  while (next < text.length) {
    const newline = text.indexOf('\n', next);
    // Readers differ on the line feed that is missing at the end of a text.
    if (newline < 0) throw NOT_PLAIN;
    let first = next;
    while (text.charCodeAt(first) === SPACE) first++;
    const isEmpty = first === newline;
    if (!isEmpty && first - next < (indent ?? parent + 1)) break;
    if (isEmpty && indent === undefined && first > next) throw NOT_PLAIN;
    if (!isEmpty) {
      indent ??= first - next;
      last = newline;
    }
    lines.push(text.slice(next + (indent ?? 0), newline));
    next = newline + 1;
  }
  if (last === 0) throw NOT_PLAIN;
  while (text.charCodeAt(last - 1) === SPACE) last--;
  reader.next = next;
  reader.end = last;
  const content = lines.join('\n').replace(/\n+$/, '');
  const value = text[start + 1] === '-' ? content : `${content}\n`;
  return { kind: 'scalar', value, span: spanOf(reader, start, last) };
}
