import { at, type MapEntry, type MapNode, type Node } from '../yaml/node.ts';

/** The text without an entry of a mapping: its lines in a block, itself and a comma within braces. */
export function textWithout(text: string, { key, value }: MapEntry): string {
  const start = lineStart(text, key.start);
  const isOwnLine =
    text.slice(start, key.start).trim() === '' && /^[ \t]*(?:#.*)?\r?$/.test(restOfLine(text, value.span.end));
  if (isOwnLine) return text.slice(0, start) + text.slice(lineEnd(text, value.span.end));
  const behind = /^\s*,\s*/.exec(text.slice(value.span.end))?.[0];
  if (behind !== undefined) return text.slice(0, key.start) + text.slice(value.span.end + behind.length);
  const before = /,\s*$/.exec(text.slice(0, key.start))?.[0] ?? '';
  return text.slice(0, key.start - before.length) + text.slice(value.span.end);
}

/** The text with one more annotation of a document, in the style of those that are there. */
export function textAnnotated(
  text: string,
  root: Node,
  { key, value }: { readonly key: string; readonly value: string },
): string | undefined {
  const metadata = at(root, 'metadata');
  const annotations = at(metadata, 'annotations');
  const entry = `${key}: ${JSON.stringify(value)}`;
  if (annotations?.kind === 'map') return withEntry(text, annotations, entry);
  const name = metadata?.kind === 'map' ? metadata.entries.get('name') : undefined;
  if (metadata?.kind !== 'map' || annotations !== undefined || name === undefined) return undefined;
  if (isFlow(text, metadata)) return withEntry(text, metadata, `annotations: { ${entry} }`);
  const indent = indentOf(text, name.key.start);
  const end = lineEnd(text, name.value.span.end);
  const newline = text.slice(0, end).endsWith('\r\n') ? '\r\n' : '\n';
  const head = text.slice(0, end);
  const isEnded = head.endsWith('\n');
  const lines = [`${indent}annotations:`, `${indent}  ${entry}`].join(newline);
  return `${head}${isEnded ? '' : newline}${lines}${isEnded ? newline : ''}${text.slice(end)}`;
}

/** The text with one more entry of a mapping: the first in a block, the last within braces. */
function withEntry(text: string, map: MapNode, entry: string): string | undefined {
  const { first, last } = ends(map);
  if (isFlow(text, map)) {
    if (last !== undefined) return `${text.slice(0, last.value.span.end)}, ${entry}${text.slice(last.value.span.end)}`;
    return `${text.slice(0, map.span.start)}{ ${entry} }${text.slice(map.span.end)}`;
  }
  if (first === undefined) return undefined;
  const start = lineStart(text, first.key.start);
  const newline = text.slice(0, lineEnd(text, first.key.start)).endsWith('\r\n') ? '\r\n' : '\n';
  return `${text.slice(0, start)}${indentOf(text, first.key.start)}${entry}${newline}${text.slice(start)}`;
}

function ends({ entries }: MapNode): { first: MapEntry | undefined; last: MapEntry | undefined } {
  const all = [...entries.values()].sort((a, b) => a.key.start - b.key.start);
  return { first: all[0], last: all.at(-1) };
}

function isFlow(text: string, { span }: MapNode): boolean {
  return text[span.start] === '{';
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the end of the line that the offset is in. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

function restOfLine(text: string, offset: number): string {
  return text.slice(offset, lineEnd(text, offset)).replace(/\n$/, '');
}

function indentOf(text: string, offset: number): string {
  return ' '.repeat(offset - lineStart(text, offset));
}
