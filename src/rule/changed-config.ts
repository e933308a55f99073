import type { UnitChange } from '../change/change.ts';
import { type ConfigReference, dataKeys } from '../kubernetes/consumed.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { at, entries, equal, type MapNode, type Node, text } from '../yaml/node.ts';

/** A ConfigMap or Secret whose data a commit changes under the same name. */
export interface ChangedConfig {
  /** As Reloader sees it in the cluster: for a SealedSecret, the Secret that is made from it. */
  readonly config: KubeObject;
  /** The keys that were added, changed or removed, sorted. */
  readonly keys: readonly string[];
  /** False for encrypted values: sealing the same value again gives another text. */
  readonly certain: boolean;
}

export function changedConfigs({ changes }: UnitChange): ChangedConfig[] {
  return changes.flatMap(change => {
    if (change.kind !== 'modified') return [];
    const { before, after } = change;
    if (after.id.group === '' && (after.id.kind === 'ConfigMap' || after.id.kind === 'Secret')) {
      return changed(after, values(before), values(after), true);
    }
    if (after.id.group === 'bitnami.com' && after.id.kind === 'SealedSecret') {
      return changed(unsealed(after), sealedValues(before), sealedValues(after), false);
    }
    return [];
  });
}

/** The keys among those changed that the reference reads. */
export function keysRead(reference: ConfigReference, { config, keys }: ChangedConfig): readonly string[] {
  if (reference.kind !== config.id.kind || reference.name !== config.id.name) return [];
  return reference.keys === undefined ? keys : keys.filter(key => reference.keys?.includes(key));
}

type Values = ReadonlyMap<string, Node>;

function changed(config: KubeObject, before: Values, after: Values, certain: boolean): ChangedConfig[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  const keys = [...all].filter(key => !equal(before.get(key), after.get(key))).sort();
  return keys.length === 0 ? [] : [{ config, keys, certain }];
}

function values(config: KubeObject): Values {
  return new Map([...dataKeys(config)].map(([key, { value }]) => [key, value]));
}

function sealedValues({ root }: KubeObject): Values {
  return new Map([...entries(at(root, 'spec', 'encryptedData'))].map(([key, { value }]) => [key, value]));
}

/** The Secret that the sealed-secrets controller makes: `spec.template` with the object's own name unless it has one. */
function unsealed(sealed: KubeObject): KubeObject {
  const template = at(sealed.root, 'spec', 'template');
  const empty: MapNode = { kind: 'map', entries: new Map(), span: sealed.root.span };
  const name = text(template, 'metadata', 'name') ?? sealed.id.name;
  return {
    id: { group: '', kind: 'Secret', namespace: sealed.id.namespace, name },
    root: template?.kind === 'map' ? template : empty,
  };
}
