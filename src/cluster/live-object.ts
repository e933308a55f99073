import { type KubeObject, objectOf } from '../kubernetes/object.ts';
import type { MapEntry, Node } from '../yaml/node.ts';
import { startOf } from '../yaml/node.ts';

/** Levels of nesting; the API server refuses far less deep ones. */
const DEEPEST = 200;

/** Fields that only the API server and kubectl write for themselves; they can be larger than all the rest. */
const DROPPED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** What lives in a cluster has no place in a file. */
const NOWHERE = startOf('');

/**
 * An object as the API server has it, in the form in which manifests are read, so that the same questions can be asked
 * of both. `apiVersion` and `kind` are those of the list where an item has none. Undefined for any other JSON.
 */
export function liveObject(json: unknown, apiVersion = '', kind = ''): KubeObject | undefined {
  if (!isRecord(json)) return undefined;
  const node = nodeOf({ apiVersion, kind, ...json }, 0);
  if (node?.kind !== 'map') return undefined;
  const metadata = node.entries.get('metadata')?.value;
  if (metadata?.kind === 'map') {
    metadata.entries.delete('managedFields');
    const annotations = metadata.entries.get('annotations')?.value;
    if (annotations?.kind === 'map') annotations.entries.delete(DROPPED_ANNOTATION);
  }
  return objectOf(node);
}

/** A mapping of JSON. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nodeOf(value: unknown, depth: number): Node | undefined {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) {
    return { kind: 'seq', items: value.flatMap(item => nodeOf(item, depth + 1) ?? []), span: NOWHERE };
  }
  if (isRecord(value)) {
    const found = Object.entries(value).flatMap(([key, item]): [string, MapEntry][] => {
      const node = nodeOf(item, depth + 1);
      return node === undefined ? [] : [[key, { key: NOWHERE, value: node }]];
    });
    return { kind: 'map', entries: new Map(found), span: NOWHERE };
  }
  const isScalar = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return isScalar ? { kind: 'scalar', value: value as string | number | boolean | null, span: NOWHERE } : undefined;
}
