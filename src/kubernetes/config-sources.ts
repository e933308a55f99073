import { at, entries, items, type Node, text } from '../yaml/node.ts';
import { dataKeys } from './consumed.ts';
import type { KubeObject } from './object.ts';

/** A ConfigMap or Secret that an object is, or that a controller makes from it. */
export interface ConfigSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly object: KubeObject;
  /** Its keys; undefined where they are not all known from here. Few who look for the source ask for them. */
  readonly keys: () => ReadonlySet<string> | undefined;
}

/** Annotations and labels by which another controller fills an object in. */
const FILLED_IN = /inject|reflect|replicat|mirror|cert-manager|service-account|vault|trust/;

/**
 * What the object gives to pods: a ConfigMap or Secret itself, the Secret of a SealedSecret, of an ExternalSecret or of a
 * Certificate. Undefined for any other object.
 */
export function configSource(object: KubeObject): ConfigSource | undefined {
  const { group, kind, name } = object.id;
  const { root } = object;
  if (group === '' && (kind === 'ConfigMap' || kind === 'Secret'))
    return { kind, name, object, keys: () => ownKeys(object) };
  if (group === 'bitnami.com' && kind === 'SealedSecret') {
    const template = at(root, 'spec', 'template');
    const keys = () => new Set([...keysOf(at(root, 'spec', 'encryptedData')), ...keysOf(at(template, 'data'))]);
    return { kind: 'Secret', name: text(template, 'metadata', 'name') ?? name, object, keys };
  }
  if (group === 'external-secrets.io' && kind === 'ExternalSecret') {
    return {
      kind: 'Secret',
      name: text(root, 'spec', 'target', 'name') ?? name,
      object,
      keys: () => externalKeys(root),
    };
  }
  if (group === 'cert-manager.io' && kind === 'Certificate') {
    const secret = text(root, 'spec', 'secretName');
    return secret === undefined ? undefined : { kind: 'Secret', name: secret, object, keys: () => undefined };
  }
  return undefined;
}

/** An empty object waits for somebody to fill it in, and so does one that says so. */
function ownKeys(config: KubeObject): ReadonlySet<string> | undefined {
  const keys = new Set(dataKeys(config).keys());
  const marks = ['labels', 'annotations'].flatMap(field => keysOf(at(config.root, 'metadata', field)));
  const isFilledIn = marks.some(mark => FILLED_IN.test(mark)) || /token/.test(text(config.root, 'type') ?? '');
  return keys.size === 0 || isFilledIn ? undefined : keys;
}

/** `dataFrom` and a template bring keys that are not listed, and `Merge` adds to a Secret that is there. */
function externalKeys(root: Node): ReadonlySet<string> | undefined {
  const listed = items(at(root, 'spec', 'data'));
  const isOpen =
    at(root, 'spec', 'dataFrom') !== undefined ||
    at(root, 'spec', 'target', 'template') !== undefined ||
    ['Merge', 'Orphan', 'None'].includes(text(root, 'spec', 'target', 'creationPolicy') ?? '');
  return isOpen || listed.length === 0 ? undefined : new Set(listed.flatMap(item => text(item, 'secretKey') ?? []));
}

function keysOf(node: Node | undefined): string[] {
  return [...entries(node)].map(([key]) => key);
}
