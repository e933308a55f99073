import { groupOf } from '../kubernetes/object.ts';
import { at, type MapNode, type Node, type ScalarNode, type Span } from '../yaml/node.ts';
import { isClusterScoped } from './cluster-scoped.ts';
import { writtenText } from './conform.ts';

/** What an object was called at some point of the build; kustomize finds it under each of these names. */
export interface Identity {
  readonly kind: string;
  readonly name: string;
  /** As kustomize compares it: `default` where there is none, a mark of its own where the kind has none. */
  readonly namespace: string;
}

/** An object on its way through the build. The build owns it and its collections. */
export interface Resource {
  root: MapNode;
  /** Earlier identities, oldest first. */
  readonly previous: Identity[];
  readonly prefixes: string[];
  readonly suffixes: string[];
  /** For generated objects. */
  behavior: 'create' | 'merge' | 'replace' | undefined;
  needsHash: boolean;
}

/** In the place of a namespace for kinds that have none. */
export const NO_NAMESPACE = '_non_namespaceable_';

export function resourceOf(root: MapNode): Resource {
  return { root, previous: [], prefixes: [], suffixes: [], behavior: undefined, needsHash: false };
}

/** A scalar at the path as text, as it was written; '' for anything else. */
export function textAt(node: Node, ...path: string[]): string {
  return scalarText(at(node, ...path));
}

/** The text of a scalar as the source has it: `0x1F` where the value is 31; '' for null and collections. */
export function scalarText(node: Node | undefined): string {
  if (node?.kind !== 'scalar' || node.value === null) return '';
  if (typeof node.value === 'string') return node.value;
  const written = writtenText(node.span);
  return /^[-+.\w]+$/.test(written) ? written : String(node.value);
}

/** What an object is called, as text; '' where it does not say. Asked for all objects at every step of a build. */
export function kindOf({ root }: Pick<Resource, 'root'>): string {
  return scalarText(root.entries.get('kind')?.value);
}

export function apiVersionOf({ root }: Pick<Resource, 'root'>): string {
  return scalarText(root.entries.get('apiVersion')?.value);
}

export function nameOf({ root }: Resource): string {
  return metadataText(root, 'name');
}

/** Configuration of kustomize's functions is not for the cluster. */
export function isLocalConfig({ root }: Resource): boolean {
  const mark = at(root, 'metadata', 'annotations', 'config.kubernetes.io/local-config');
  return mark !== undefined && scalarText(mark) !== 'false';
}

/** As written in the object; '' for none. */
export function namespaceOf({ root }: Resource): string {
  return metadataText(root, 'namespace');
}

function metadataText(root: MapNode, field: string): string {
  const metadata = root.entries.get('metadata')?.value;
  return metadata?.kind === 'map' ? scalarText(metadata.entries.get(field)?.value) : '';
}

function effectiveNamespace(apiVersion: string, kind: string, namespace: string): string {
  if (isClusterScoped(apiVersion, kind)) return NO_NAMESPACE;
  return namespace === '' ? 'default' : namespace;
}

export function identityOf(resource: Resource): Identity {
  const kind = kindOf(resource);
  const namespace = effectiveNamespace(apiVersionOf(resource), kind, namespaceOf(resource));
  return { kind, name: nameOf(resource), namespace };
}

/** The first identity the object had. */
export function originalIdentity(resource: Resource): Identity {
  return resource.previous[0] ?? identityOf(resource);
}

export function allIdentities(resource: Resource): Identity[] {
  return [...resource.previous, identityOf(resource)];
}

/** Identity and apiVersion as a key: equal where kustomize takes two objects for the same. */
export function identityKey(apiVersion: string, { kind, name, namespace }: Identity): string {
  return `${apiVersion} ${kind} ${namespace}/${name}`;
}

export function keyOf(resource: Resource): string {
  return identityKey(apiVersionOf(resource), identityOf(resource));
}

/** `Deployment app`, or `Deployment app in namespace shop`. */
export function label(resource: Resource): string {
  const namespace = namespaceOf(resource);
  return `${kindOf(resource)} ${nameOf(resource)}${namespace === '' ? '' : ` in namespace ${namespace}`}`;
}

export function rememberIdentity(resource: Resource): void {
  resource.previous.push(identityOf(resource));
}

/** Whether anything has happened to the object that kustomize remembers. */
export function hasHistory({ previous, prefixes, suffixes, behavior }: Resource): boolean {
  return previous.length > 0 || prefixes.length > 0 || suffixes.length > 0 || behavior !== undefined;
}

/** Leaves the object as if it had just been read: with no earlier names, and no hash to come. */
export function forgetHistory(resource: Resource): void {
  resource.previous.length = 0;
  resource.prefixes.length = 0;
  resource.suffixes.length = 0;
  resource.behavior = undefined;
  resource.needsHash = false;
}

/** Group, version and kind as a field specification names them; an absent part matches anything. */
export interface GroupVersionKind {
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind?: string | undefined;
}

export function isSelected(apiVersion: string, kind: string, by: GroupVersionKind): boolean {
  if (by.kind && by.kind !== kind) return false;
  const group = groupOf(apiVersion);
  if (by.group && by.group !== group) return false;
  return !by.version || by.version === (group === '' ? apiVersion : apiVersion.slice(group.length + 1));
}

/** A field of a mapping set, its place kept where it was there before, and what it was as its history. */
export function setField(map: MapNode, key: string, value: Node, keySpan: Span = value.span): void {
  const old = map.entries.get(key);
  if (old === undefined) map.entries.set(key, { key: keySpan, value });
  else if (old.value !== value) {
    const placed = inPlaceOf(old.value, value);
    const shared = old.value.kind === 'scalar' ? old.value.shared : undefined;
    const isShared = shared !== undefined && placed.kind === 'scalar';
    map.entries.set(key, { key: old.key, value: isShared ? { ...placed, shared } : placed });
  }
}

/** A field put back to a node that stood there: nothing has set it in between. */
export function restoreField(map: MapNode, key: string, value: Node): void {
  map.entries.set(key, { key: map.entries.get(key)?.key ?? value.span, value });
}

/** The value with the old one as its history, field by field. Changes the collections of the value. */
export function inPlaceOf(old: Node, value: Node): Node {
  if (old === value) return value;
  if (value.kind === 'scalar') return old.kind === 'scalar' ? scalarInPlaceOf(old, value) : value;
  if (value.kind === 'map') {
    for (const [key, entry] of value.entries) {
      const under = old.kind === 'map' ? old.entries.get(key)?.value : undefined;
      if (under !== undefined) value.entries.set(key, { key: entry.key, value: inPlaceOf(under, entry.value) });
    }
    return value;
  }
  for (const [i, item] of value.items.entries()) {
    const under = old.kind === 'seq' ? old.items[i] : undefined;
    if (under !== undefined) value.items[i] = inPlaceOf(under, item);
  }
  return value;
}

function scalarInPlaceOf(old: ScalarNode, value: ScalarNode): ScalarNode {
  if (value.before !== undefined) return value;
  // The same source in another form, such as a name with its hash, is no further step.
  const before = old.span === value.span ? old.before : old;
  return before === undefined ? value : { ...value, before };
}

export function scalarNode(value: ScalarNode['value'], span: Span): ScalarNode {
  return { kind: 'scalar', value, span };
}

export function emptyMap(span: Span): MapNode {
  return { kind: 'map', entries: new Map(), span };
}

/** The mapping at the field, made where it is missing or null; undefined where something else stands there. */
export function mapField(map: MapNode, key: string, span: Span): MapNode | undefined {
  const found = map.entries.get(key)?.value;
  if (found?.kind === 'map') return found;
  if (found !== undefined && !isNull(found)) return undefined;
  const made = emptyMap(span);
  setField(map, key, made, span);
  return made;
}

export function isNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}
