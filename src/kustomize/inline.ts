import { type MapEntry, type Node, type ScalarNode, Source, type Span } from '../yaml/node.ts';
import { type Dialect, type Parsed, parse } from '../yaml/parse.ts';

/**
 * Parses the YAML in a scalar of another file (an inline patch). The spans point into that file: to the exact place
 * for a literal block, else to the scalar as a whole.
 */
export function parseInline(node: ScalarNode, dialect: Dialect): Parsed {
  const inner = new Source(node.span.source.file, typeof node.value === 'string' ? node.value : '');
  const parsed = parse(inner, dialect);
  const place = placer(node, inner.text);
  return {
    documents: parsed.documents.map(document => respan(document, place)),
    problems: parsed.problems.map(problem => ({ ...problem, span: place(problem.span) })),
  };
}

/** How a span in the scalar's value becomes one in the file. */
function placer(node: ScalarNode, value: string): (span: Span) => Span {
  const lines = literalLines(node, value);
  if (lines === undefined) return () => node.span;
  const { source } = node.span;
  const offsetOf = (offset: number): number => {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle]?.inner ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const line = lines[low];
    return line === undefined ? node.span.start : line.outer + offset - line.inner;
  };
  return span => ({ source, start: offsetOf(span.start), end: offsetOf(span.end) });
}

/** Where each line of a literal block starts, in its value and in the file; undefined for any other style. */
function literalLines(node: ScalarNode, value: string): { inner: number; outer: number }[] | undefined {
  const { text } = node.span.source;
  if (text[node.span.start] !== '|') return undefined;
  const lines: { inner: number; outer: number }[] = [];
  let outer = text.indexOf('\n', node.span.start) + 1;
  let inner = 0;
  let indent: number | undefined;
  for (const line of value.split('\n')) {
    const end = text.indexOf('\n', outer);
    const raw = text.slice(outer, end < 0 ? undefined : end).replace(/\r$/, '');
    if (line !== '') {
      indent ??= raw.length - line.length;
      if (raw.slice(indent) !== line) return undefined;
    }
    lines.push({ inner, outer: outer + (line === '' ? 0 : (indent ?? 0)) });
    inner += line.length + 1;
    if (end < 0) break;
    outer = end + 1;
  }
  return lines;
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
