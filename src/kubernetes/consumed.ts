import { at, entries, items, type MapNode, type Node, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { containers, volumes } from './workload.ts';

/** A ConfigMap or Secret that pods read. */
export interface ConfigReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Environment and `subPath` mounts keep their value until the pod is replaced; other mounts are refreshed. */
  readonly how: 'env' | 'envFrom' | 'volume' | 'subPath' | 'projected';
  /** The keys that are read; undefined where it is all of them. */
  readonly keys: readonly string[] | undefined;
  readonly optional: boolean;
  readonly path: Path;
}

/**
 * The ConfigMaps and Secrets that the object's pods read, as Reloader follows them: environment and mounted volumes of
 * containers and init containers. `imagePullSecrets` and volumes that nothing mounts are left out.
 */
export function consumed(object: KubeObject): readonly ConfigReference[] {
  const found = known.get(object.root) ?? [...fromContainers(object), ...fromVolumes(object)];
  known.set(object.root, found);
  return found;
}

/** Half a dozen rules ask it of each workload, and so do reports. */
const known = new WeakMap<MapNode, readonly ConfigReference[]>();

function* fromContainers(object: KubeObject): Generator<ConfigReference> {
  for (const container of containers(object)) {
    for (const [index, item] of items(at(container.node, 'env')).entries()) {
      const path = [...container.path, 'env', index, 'valueFrom'];
      for (const [field, kind] of [
        ['configMapKeyRef', 'ConfigMap'],
        ['secretKeyRef', 'Secret'],
      ] as const) {
        const key = text(item, 'valueFrom', field, 'key');
        const keys = key === undefined ? undefined : [key];
        yield* reference(at(item, 'valueFrom', field), 'name', { kind, how: 'env', keys, path: [...path, field] });
      }
    }
    for (const [index, item] of items(at(container.node, 'envFrom')).entries()) {
      const path = [...container.path, 'envFrom', index];
      for (const [field, kind] of [
        ['configMapRef', 'ConfigMap'],
        ['secretRef', 'Secret'],
      ] as const) {
        yield* reference(at(item, field), 'name', { kind, how: 'envFrom', keys: undefined, path: [...path, field] });
      }
    }
  }
}

function* fromVolumes(object: KubeObject): Generator<ConfigReference> {
  for (const volume of volumes(object)) {
    const mounted = new Set(volume.mounts.map(mount => (mount.subPath === undefined ? 'volume' : 'subPath')));
    const subPaths = volume.mounts.flatMap(mount => mount.subPath ?? []);
    for (const how of mounted) {
      const keysOf = (source: Node | undefined) =>
        how === 'volume' ? itemKeys(source) : subPathKeys(source, subPaths);
      for (const [field, kind, name] of [
        ['configMap', 'ConfigMap', 'name'],
        ['secret', 'Secret', 'secretName'],
      ] as const) {
        const source = at(volume.node, field);
        yield* reference(source, name, { kind, how, keys: keysOf(source), path: [...volume.path, field] });
        for (const [index, item] of items(at(volume.node, 'projected', 'sources')).entries()) {
          const part = at(item, field);
          const path = [...volume.path, 'projected', 'sources', index, field];
          const as = how === 'volume' ? 'projected' : how;
          yield* reference(part, 'name', { kind, how: as, keys: keysOf(part), path });
        }
      }
    }
  }
}

function* reference(
  node: Node | undefined,
  field: 'name' | 'secretName',
  rest: Omit<ConfigReference, 'name' | 'optional'>,
): Generator<ConfigReference> {
  const name = text(node, field);
  if (name === undefined) return;
  yield { ...rest, name, optional: scalar(node, 'optional') === true, path: [...rest.path, field] };
}

function itemKeys(source: Node | undefined): string[] | undefined {
  const list = at(source, 'items');
  return list?.kind === 'seq' ? list.items.flatMap(item => text(item, 'key') ?? []) : undefined;
}

/** The keys behind `subPath`s: the key itself, or the one that `items` places there. */
function subPathKeys(source: Node | undefined, subPaths: readonly string[]): string[] | undefined {
  if (subPaths.some(subPath => subPath.includes('$('))) return itemKeys(source);
  const tops = subPaths.map(subPath => subPath.replace(/^\.\//, ''));
  const list = at(source, 'items');
  if (list?.kind !== 'seq') return tops;
  return list.items.flatMap(item => {
    const path = text(item, 'path');
    const wanted = path !== undefined && tops.some(top => path === top || path.startsWith(`${top}/`));
    return wanted ? (text(item, 'key') ?? []) : [];
  });
}

/** The keys of a ConfigMap or Secret, with where each stands. Values are for the caller to keep to itself. */
export function dataKeys(config: KubeObject): Map<string, { readonly path: Path; readonly value: Node }> {
  const keys = new Map<string, { path: Path; value: Node }>();
  for (const field of ['data', 'binaryData', 'stringData']) {
    for (const [key, { value }] of entries(at(config.root, field))) keys.set(key, { path: [field, key], value });
  }
  return keys;
}
