import type { Rendered } from '../../src/kustomize/rendered.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import type { Node, Span } from '../../src/yaml/node.ts';
import { memoryTree } from './memory-tree.ts';

/** Builds a kustomization of files in memory. */
export function render(files: Readonly<Record<string, string>>, folder = ''): Promise<Rendered> {
  return createRenderer(memoryTree(files)).kustomization(folder);
}

/** `file:line:column` of a span, as a report names it. */
export function placeOf(span: Span): string {
  const { line, column } = span.source.position(span.start);
  return `${span.source.file}:${line}:${column}`;
}

/** The place of a node and the text that stands there. */
export function originOf(node: Node | undefined): string {
  if (node === undefined) return 'missing';
  const { source, start, end } = node.span;
  return `${placeOf(node.span)} ${source.text.slice(start, end).split('\n')[0]}`;
}
