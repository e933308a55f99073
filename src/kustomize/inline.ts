import { type MapEntry, type Node, type ScalarNode, Source, type Span } from '../yaml/node.ts';
import { type Dialect, type Parsed, parse } from '../yaml/parse.ts';

/** Parses the YAML in a scalar of another file (an inline patch). The spans point into that file. */
export function parseInline(node: ScalarNode, dialect: Dialect): Parsed {
  const inner = new Source(node.span.source.file, typeof node.value === 'string' ? node.value : '', true);
  const parsed = parse(inner, dialect);
  const place = placer(node, inner.text);
  return {
    documents: parsed.documents.map(document => respan(document, place)),
    problems: parsed.problems.map(problem => ({ ...problem, span: place(problem.span) })),
  };
}

/** How a span in the scalar's value becomes one in the file: exact, or else the scalar as a whole. */
function placer(node: ScalarNode, value: string): (span: Span) => Span {
  const { source } = node.span;
  const starts = placesOf(value, node.span);
  if (starts === undefined) return () => node.span;
  return ({ start, end }) => {
    const from = starts[start] ?? node.span.start;
    return { source, start: from, end: end > start ? Math.max(from, starts[end] ?? from) : from };
  };
}

/** Escapes in double quotes that stand for white space, which both texts have in amounts of their own. */
const BLANK_ESCAPE = /[ \tntr_NLP\r\n]/;
/** Hexadecimal digits behind `\x`, `\u` and `\U`. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * Where each character of a scalar's value, and its end, stands in the file. Whatever the style, the two texts are the
 * same once white space, which folding and indentation change, is left out and escapes are read; undefined where not.
 */
function placesOf(value: string, { source: { text }, start, end }: Span): Uint32Array | undefined {
  const style = text[start] ?? '';
  const places = new Uint32Array(value.length + 1);
  let at = /[|>]/.test(style) ? text.indexOf('\n', start) + 1 : start + (/["']/.test(style) ? 1 : 0);
  let behind = at;
  for (let i = 0; i < value.length; i++) {
    const char = value.charAt(i);
    if (isBlank(char)) {
      places[i] = behind;
      continue;
    }
    at = style === '"' ? skipBlankEscapes(text, at) : skipBlank(text, at);
    if (at >= end) return undefined;
    places[i] = at;
    const isEscape = style === '"' && text[at] === '\\';
    if (!isEscape && text[at] !== char) return undefined;
    if (isEscape && /[\uD800-\uDBFF]/.test(char)) places[++i] = at;
    if (isEscape) at += 2 + (DIGITS.get(text.charAt(at + 1)) ?? 0);
    else at += style === "'" && char === "'" ? 2 : 1;
    behind = at;
  }
  places[value.length] = behind;
  return places;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || ((char < '!' || char > '~') && /\s/.test(char));
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charAt(at))) at++;
  return at;
}

function skipBlankEscapes(text: string, from: number): number {
  let at = skipBlank(text, from);
  while (text[at] === '\\' && BLANK_ESCAPE.test(text.charAt(at + 1))) at = skipBlank(text, at + 2);
  return at;
}

function respan(node: Node, place: (span: Span) => Span): Node {
  const span = place(node.span);
  if (node.kind === 'scalar') return { ...node, span };
  if (node.kind === 'seq') return { ...node, items: node.items.map(item => respan(item, place)), span };
  const entries = new Map<string, MapEntry>();
  for (const [key, entry] of node.entries)
    entries.set(key, { key: place(entry.key), value: respan(entry.value, place) });
  return { ...node, entries, span };
}
