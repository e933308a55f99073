import { layOut } from '../yaml/layout.ts';
import type { MapNode, Node, ScalarNode, SeqNode } from '../yaml/node.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { timestampAsJson } from '../yaml/timestamp.ts';
import { literal, shapeOf } from '../yaml/write-scalar.ts';
import { typeOf } from './replacement-value.ts';

/**
 * Whether `rewriteYaml` knows how go-yaml would write the documents: values on one line each or in `|` blocks, without
 * comments, anchors, tags and escapes.
 */
export function canRewriteYaml(text: string, documents: readonly Node[]): boolean {
  const scalars = documents.flatMap(scalarSpans).sort((a, b) => a.start - b.start);
  let between = '';
  let from = 0;
  for (const { start, end } of scalars) {
    if (!isPlainStyle(text.slice(start, end))) return false;
    between += text.slice(from, start);
    from = end;
  }
  return /^[\s:,{}[\]-]*$/.test(between + text.slice(from));
}

function scalarSpans(node: Node): ScalarNode['span'][] {
  if (node.kind === 'scalar') return [node.span];
  if (node.kind === 'seq') return node.items.flatMap(scalarSpans);
  return [...node.entries.values()].flatMap(({ key, value }) => [key, ...scalarSpans(value)]);
}

/** A scalar that go-yaml writes as it is, or a `|` block. */
function isPlainStyle(written: string): boolean {
  if (written.startsWith('|')) return true;
  if (/[\n\r]/.test(written) || written.startsWith('>')) return false;
  return written.startsWith('"') ? !written.includes('\\') && shapeOf(written).single : true;
}

/**
 * A document in which scalars were set anew, as go-yaml v3 writes it with an indent of two, each scalar in its own
 * style. Undefined where a new value would need a style that is not followed here.
 *
 * @param text whose nodes they are, but for the new ones
 */
export function rewriteYaml(root: Node, text: string): string | undefined {
  if (root.kind === 'scalar' || isFlow(root, text)) return undefined;
  try {
    return layOut(root, {
      names: map => map.entries.keys(),
      key: (name, entry) => `${keyOf(name, entry.key, text)}:`,
      inLine: node => (isFlow(node, text) ? flowOf(node, text) : undefined),
      leaf: (node, start, indent) => `${start}${scalarOf(node, indent, text)}`.trimEnd(),
    }).trim();
  } catch (error) {
    if (error instanceof NotFollowed) return undefined;
    throw error;
  }
}

class NotFollowed extends Error {}

function isFlow(node: MapNode | SeqNode, text: string): boolean {
  const isEmpty = node.kind === 'map' ? node.entries.size === 0 : node.items.length === 0;
  return isEmpty || (node.span.source.text === text && /[{[]/.test(text.charAt(node.span.start)));
}

function flowOf(node: Node, text: string): string {
  if (node.kind === 'seq') return `[${node.items.map(item => flowOf(item, text)).join(', ')}]`;
  if (node.kind === 'map') {
    const fields = [...node.entries].map(
      ([name, { key, value }]) => `${keyOf(name, key, text)}: ${flowOf(value, text)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  const written = scalarOf(node, 0, text);
  if (written === '' || /[\n,{}[\]?]/.test(written)) throw new NotFollowed();
  return written;
}

function keyOf(name: string, { source, start, end }: ScalarNode['span'], text: string): string {
  return source.text === text ? text.slice(start, end) : plain(name);
}

function scalarOf(node: ScalarNode, indent: number, text: string): string {
  const { source, start, end } = node.span;
  const value = String(node.value ?? '');
  if (source.text === text) return text.charAt(start) === '|' ? block(value, indent) : text.slice(start, end);
  const old = node.before?.span.source.text === text ? node.before : undefined;
  if (old === undefined) return value.includes('\n') ? block(value, indent) : plain(value);
  const style = text.charAt(old.span.start);
  if (style === "'") return singleQuoted(value);
  if (style === '"') return doubleQuoted(value);
  if (value.includes('\n') || style === '|') return block(value, indent);
  if (typeof old.value === 'string') return isString(value) ? plain(value) : doubleQuoted(value);
  return typed(value, old);
}

/** go-yaml names the type that a value had where its new text has another. */
function typed(value: string, old: ScalarNode): string {
  const is = typeOf(value);
  const was = typeOf(old.span.source.text.slice(old.span.start, old.span.end));
  if (is === was) return value;
  if (!/^[\w.]+$/.test(value)) throw new NotFollowed();
  return `!!${was} ${value}`;
}

function isString(text: string): boolean {
  return resolvePlain(text, 'kustomize') === text && timestampAsJson(text) === undefined;
}

function plain(value: string): string {
  if (value === '') throw new NotFollowed();
  return shapeOf(value).plain ? value : singleQuoted(value);
}

function singleQuoted(value: string): string {
  if (!shapeOf(value).single || value.includes('\n')) throw new NotFollowed();
  return `'${value.replaceAll("'", "''")}'`;
}

function doubleQuoted(value: string): string {
  if (!shapeOf(value.replaceAll('\n', '')).single) throw new NotFollowed();
  return `"${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

function block(value: string, indent: number): string {
  if (!shapeOf(value).block || / (?:\n|$)/.test(value)) throw new NotFollowed();
  return literal(value, indent);
}
