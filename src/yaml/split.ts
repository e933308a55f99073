import type { Dialect } from './scalars.ts';

/** A stretch of a text, end exclusive. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** The text of one document, without the separator line before it. */
export interface DocumentPart extends Part {
  /** A separator line before it on which more than a comment stands. */
  readonly badSeparator: Part | undefined;
  /** The `...` line that ends the document before the next separator does. */
  readonly endMarker: Part | undefined;
  /** What never reaches the reader: what follows the `...`, or a line that a separator's comment hides. */
  readonly unread: Part | undefined;
}

/**
 * The documents of a YAML text, cut as kubectl and kustomize cut it before they parse: at every line that starts with
 * `---`. Because they cut first, what is broken in one document does not reach the next.
 */
export function documentParts(text: string, dialect: Dialect): DocumentPart[] {
  const parts: DocumentPart[] = [];
  let start = 0;
  let badSeparator: Part | undefined;
  for (let line = lineWith(text, '---', 0); line !== undefined; line = lineWith(text, '---', line.end)) {
    const rest = text.slice(line.start + 3, line.end).trim();
    const plain = rest === '' || rest.startsWith('#');
    // kustomize leaves a `--- value` at the very start to the parser, which knows it.
    if (!plain && dialect === 'kustomize' && line.start === 0) continue;
    parts.push({ badSeparator, ...untilEndMarker(text, start, line.start) });
    if (plain && OTHER_LINE.test(rest)) parts.push(hiddenLine(line));
    badSeparator = plain ? undefined : line;
    start = line.end;
  }
  parts.push({ badSeparator, ...untilEndMarker(text, start, text.length) });
  return parts;
}

/** Only a line feed ends the separator's line; other line breaks end the comment on it for the readers of YAML. */
const OTHER_LINE = /[\r\u0085\u2028\u2029]/;

function hiddenLine(line: Part): DocumentPart {
  return { start: line.end, end: line.end, badSeparator: undefined, endMarker: undefined, unread: line };
}

function untilEndMarker(text: string, start: number, end: number): Omit<DocumentPart, 'badSeparator'> {
  const body = text.slice(start, end);
  for (let line = lineWith(body, '...', 0); line !== undefined; line = lineWith(body, '...', line.end)) {
    if (!/^\s?$/.test(body.charAt(line.start + 3))) continue;
    const after = body.slice(line.start).search(/^(?!(?:\.\.\.)?[ \t]*(?:#.*)?\r?$)/m);
    const unread = after < 0 ? undefined : { start: start + line.start + after, end };
    const endMarker = { start: start + line.start, end: start + line.end };
    return { start, end: endMarker.start, endMarker, unread };
  }
  return { start, end, endMarker: undefined, unread: undefined };
}

/** The first whole line from `from` on that starts with `mark`, with its line break; only a line feed ends a line. */
function lineWith(text: string, mark: string, from: number): Part | undefined {
  for (let start = text.indexOf(mark, from); start >= 0; start = text.indexOf(mark, start + mark.length)) {
    if (start > from && text.charAt(start - 1) !== '\n') continue;
    const lineFeed = text.indexOf('\n', start);
    return { start, end: lineFeed < 0 ? text.length : lineFeed + 1 };
  }
  return undefined;
}

/** The values of a text that starts as JSON, where several may stand one behind the other; the last may be garbage. */
export function jsonParts(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') at = endOfString(text, at);
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth > 0) continue;
      parts.push({ start, end: at + 1 });
      start = at + 1;
      depth = 0;
    }
  }
  if (text.slice(start).trim() !== '') parts.push({ start, end: text.length });
  return parts;
}

function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') at++;
    else if (char === '"') return at;
  }
  return text.length;
}
