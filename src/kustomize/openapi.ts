import type { Shape, ShapeOf } from '../kubernetes/merge-keys.ts';
import { at, entries, items, type Node, text } from '../yaml/node.ts';

/** Types inside types that are followed; a type may hold itself. */
const MAX_DEPTH = 12;

/**
 * How patches merge by the file of `openapi.path`, which takes the place of what kustomize knows of all kinds: the
 * definitions of an OpenAPI document, with `x-kubernetes-patch-strategy` and the keys that go with it.
 */
export function readOpenApi(document: Node): ShapeOf {
  const definitions = at(document, 'definitions');
  const types = new Map<string, Node>();
  for (const [, { value }] of entries(definitions)) {
    for (const type of items(at(value, 'x-kubernetes-group-version-kind'))) {
      const [group = '', version = '', kind = ''] = ['group', 'version', 'kind'].map(field => text(type, field));
      types.set(`${group === '' ? version : `${group}/${version}`} ${kind}`, value);
    }
  }
  return (apiVersion, kind) => {
    const type = types.get(`${apiVersion} ${kind}`);
    return type && shapeOfSchema(type, definitions, 0);
  };
}

function shapeOfSchema(schema: Node | undefined, definitions: Node | undefined, depth: number): Shape {
  const reference = text(schema, '$ref')?.replace('#/definitions/', '');
  const own = reference === undefined ? schema : at(definitions, reference);
  const fields = new Map<string, Shape>();
  if (depth > MAX_DEPTH) return { fields };
  for (const [name, { value }] of entries(at(own, 'properties'))) {
    fields.set(name, shapeOfSchema(value, definitions, depth + 1));
  }
  const mergeKeys = mergeKeysOf(schema) ?? mergeKeysOf(own);
  const shape = { fields };
  if (mergeKeys === undefined) return shape;
  return { ...shape, mergeKeys, items: shapeOfSchema(at(own, 'items'), definitions, depth + 1) };
}

function mergeKeysOf(schema: Node | undefined): readonly string[] | undefined {
  if (!text(schema, 'x-kubernetes-patch-strategy')?.includes('merge')) return undefined;
  const keys = items(at(schema, 'x-kubernetes-list-map-keys')).flatMap(key => text(key) ?? []);
  return keys.length > 0 ? keys : [text(schema, 'x-kubernetes-patch-merge-key') ?? []].flat();
}
