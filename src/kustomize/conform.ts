import type { MapEntry, MapNode, Node, ScalarNode, Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { FieldType, Struct } from './kustomization-fields.ts';

/**
 * The mapping as kustomize's decoder reads it: names in their canonical case, nulls left out, and every value of the
 * type that its field has. What the decoder would refuse is a problem and, where the meaning is clear all the same
 * (`newTag: 1.10`), the value as it was written.
 */
export function conform(root: MapNode, struct: Struct, problems: Problem[]): MapNode {
  return conformStruct(root, struct, '', problems);
}

function conformStruct(node: MapNode, struct: Struct, path: string, problems: Problem[]): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const [key, entry] of node.entries) {
    const name = canonical(key, struct);
    const at = path === '' ? (name ?? key) : `${path}.${name ?? key}`;
    if (name === undefined) {
      problems.push(unknownField(key, at, struct, entry.key));
      continue;
    }
    const type = struct.fields.get(name) ?? 'any';
    const value = conformValue(entry.value, type, at, problems);
    if (value !== undefined) entries.set(name, { key: entry.key, value });
  }
  return { kind: 'map', entries, span: node.span };
}

function conformValue(node: Node, type: FieldType, path: string, problems: Problem[]): Node | undefined {
  if (node.kind === 'scalar' && node.value === null) return undefined;
  if (type === 'any') return node;
  if (type === 'string' || type === 'integer' || type === 'boolean') return conformScalar(node, type, path, problems);
  if (type === 'strings')
    return conformItems(node, path, problems, item => conformScalar(item, 'string', path, problems));
  if ('list' in type) {
    return conformItems(node, path, problems, item =>
      item.kind === 'map' ? conformStruct(item, type.list, path, problems) : refuse(item, 'a mapping', path, problems),
    );
  }
  if (node.kind !== 'map') return refuse(node, 'a mapping', path, problems);
  if ('fields' in type) return conformStruct(node, type, path, problems);
  const entries = new Map<string, MapEntry>();
  for (const [key, entry] of node.entries) {
    const value = conformScalar(entry.value, 'string', `${path}.${key}`, problems);
    if (value !== undefined) entries.set(key, { key: entry.key, value });
  }
  return { kind: 'map', entries, span: node.span };
}

function conformItems(node: Node, path: string, problems: Problem[], conformItem: (item: Node) => Node | undefined) {
  if (node.kind !== 'seq') return refuse(node, 'a list', path, problems);
  const items = node.items.flatMap(item =>
    item.kind === 'scalar' && item.value === null ? [] : (conformItem(item) ?? []),
  );
  return { kind: 'seq', items, span: node.span } as const;
}

function conformScalar(
  node: Node,
  type: 'string' | 'integer' | 'boolean',
  path: string,
  problems: Problem[],
): ScalarNode | undefined {
  if (node.kind !== 'scalar') return refuse(node, type === 'string' ? 'a string' : `a ${type}`, path, problems);
  const { value, span } = node;
  if (type === 'boolean') return typeof value === 'boolean' ? node : refuse(node, 'true or false', path, problems);
  if (type === 'integer') return isInteger(value) ? node : refuse(node, 'an integer', path, problems);
  if (typeof value === 'string') return node;
  // A label without a value is an empty string to the decoder.
  if (value === null) return { kind: 'scalar', value: '', span };
  const written = writtenText(span);
  const isImage = /^(?:images|imageTags)\./.test(path);
  problems.push({
    code: isImage ? 'tag-is-a-number' : 'kustomization-refused',
    message: `${path} is the ${typeof value === 'boolean' ? 'boolean' : 'number'} ${written}, kustomize wants a string: "${written}"`,
    span,
  });
  return { kind: 'scalar', value: written, span };
}

function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

function refuse(node: Node, wanted: string, path: string, problems: Problem[]): undefined {
  const found = node.kind === 'map' ? 'a mapping' : node.kind === 'seq' ? 'a list' : `${writtenText(node.span)}`;
  problems.push({
    code: 'kustomization-refused',
    message: `${path} is ${found}, kustomize wants ${wanted}`,
    span: node.span,
  });
  return undefined;
}

/** A plain scalar as the file has it: `1.10`, where the value is 1.1. */
export function writtenText(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** The field that Go's decoder sets for the key: the case of letters does not count. */
function canonical(key: string, struct: Struct): string | undefined {
  if (struct.fields.has(key)) return key;
  const lower = key.toLowerCase();
  for (const name of struct.fields.keys()) if (name.toLowerCase() === lower) return name;
  return undefined;
}

function unknownField(key: string, path: string, struct: Struct, span: Span): Problem {
  const near = nearest(key, struct);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return { code: 'kustomization-refused', message: `kustomize knows no field ${path}${hint}`, span };
}

function nearest(key: string, struct: Struct): string | undefined {
  if (key.length > 40) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(key.length / 3)) + 1;
  for (const name of struct.fields.keys()) {
    const distance = editDistance(key.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
