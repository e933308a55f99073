import { at, type Node, type Path, text } from '../yaml/node.ts';
import { affixes, isHash } from './affixes.ts';
import { configSource } from './config-sources.ts';
import { consumed } from './consumed.ts';
import type { KubeObject } from './object.ts';
import { sameNamespace } from './scope.ts';
import { podTemplate, volumes } from './workload.ts';

/** An object without which a pod of the workload does not start. */
export interface NamedObject {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';
  readonly name: string;
  readonly path: Path;
}

/** What the object's pods need by name, as far as it is not optional and not there in every namespace. */
export function namedObjects(workload: KubeObject): NamedObject[] {
  const configs = consumed(workload).filter(({ optional }) => !optional);
  const claims = volumes(workload).flatMap((volume): NamedObject[] => {
    const path = ['persistentVolumeClaim', 'claimName'];
    const name = text(volume.node, ...path);
    if (name === undefined || volume.mounts.length === 0) return [];
    return [{ kind: 'PersistentVolumeClaim', name, path: [...volume.path, ...path] }];
  });
  return [...configs, ...claims, ...serviceAccount(workload)];
}

function serviceAccount(workload: KubeObject): NamedObject[] {
  const template = podTemplate(workload);
  const field = ['spec', 'serviceAccountName'];
  const name = text(template?.node, ...field);
  if (template === undefined || name === undefined || name === '' || name === 'default') return [];
  return [{ kind: 'ServiceAccount', name, path: [...template.path, ...field] }];
}

/** Names that the cluster or a controller fills in each namespace. */
const EVERYWHERE = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt']);

/**
 * Whether one of the objects is, or may make, what the workload names: the object itself, what a controller makes from
 * it, and any other object of the namespace that mentions the name, as operators' resources do.
 */
export function isProvided(wanted: NamedObject, workload: KubeObject, objects: readonly KubeObject[]): boolean {
  if (EVERYWHERE.has(wanted.name)) return true;
  const isPeer = (object: KubeObject) => sameNamespace(object, workload);
  // Most are there by their name, and to look through all that objects hold takes long.
  return (
    objects.some(object => isKindAndName(object, wanted) && isPeer(object)) ||
    objects.some(object => podTemplate(object) === undefined && isPeer(object) && mentions(object.root, wanted.name))
  );
}

/** Whether the object is the one that is named, or the source of it. */
export function isKindAndName(object: KubeObject, { kind, name }: NamedObject): boolean {
  if (object.id.group === '' && object.id.kind === kind && object.id.name === name) return true;
  const source = configSource(object);
  return source !== undefined && source.kind === kind && source.name === name;
}

/**
 * How the build has renamed what the workload names by the name from before: only a hash was added, or the prefix that the
 * workload itself has, with or without one.
 */
export function howRenamed(
  object: KubeObject,
  wanted: NamedObject,
  workload: KubeObject,
): 'hash' | 'prefix' | undefined {
  if (object.id.group !== '' || object.id.kind !== wanted.kind) return undefined;
  const added = affixes(wanted.name, object.id.name);
  if (added === undefined || (added.suffix !== '' && !isHash(added.suffix))) return undefined;
  if (added.prefix === '') return 'hash';
  return workload.id.name.startsWith(added.prefix) ? 'prefix' : undefined;
}

/** Whether some value in the node is the name. */
export function mentions(node: Node, name: string): boolean {
  return hasText(node, value => value === name);
}

/** Whether some text in the node, keys aside, is one that is looked for. */
export function hasText(node: Node, isMeant: (value: string) => boolean): boolean {
  if (node.kind === 'scalar') return typeof node.value === 'string' && isMeant(node.value);
  if (node.kind === 'seq') return node.items.some(item => hasText(item, isMeant));
  for (const { value } of node.entries.values()) if (hasText(value, isMeant)) return true;
  return false;
}

/** The name of a claim that a StatefulSet makes: its template's, its own, and an ordinal. */
export function isOfStatefulSet(claim: string, object: KubeObject): boolean {
  const templates = object.id.kind === 'StatefulSet' ? at(object.root, 'spec', 'volumeClaimTemplates') : undefined;
  if (templates?.kind !== 'seq') return false;
  return templates.items.some(template => claim.startsWith(`${text(template, 'metadata', 'name')}-${object.id.name}-`));
}
