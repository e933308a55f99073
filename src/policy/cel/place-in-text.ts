import type { ScalarNode, Span } from '../../yaml/node.ts';

/**
 * Where an offset into the value of a scalar stands in its file. Lines of the value are searched for in the text one
 * after the other, since blocks are indented and folded; where one is not found as it is, the start of the scalar.
 */
export function placeInText({ value, span }: ScalarNode, offset: number): Span {
  const { source } = span;
  const before = String(value).slice(0, offset).split('\n');
  const lines = String(value).split('\n');
  let place = span.start;
  for (const line of lines.slice(0, before.length)) {
    const found = source.text.indexOf(line.trim(), place);
    if (found < 0 || found + line.trim().length > span.end) return { source, start: span.start, end: span.end };
    place = found;
  }
  const line = lines[before.length - 1] ?? '';
  const column = Math.max(0, (before.at(-1)?.length ?? 0) - (line.length - line.trimStart().length));
  return { source, start: place + column, end: span.end };
}
