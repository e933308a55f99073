import { at, items, type MapNode, type Node, scalar, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { type FieldSpec, visitPlaces } from './field-spec.ts';
import type { NameReference } from './name-reference-table.ts';
import {
  apiVersionOf,
  type GroupVersionKind,
  identityOf,
  inPlaceOf,
  isNull,
  isSelected,
  kindOf,
  label,
  NO_NAMESPACE,
  nameOf,
  namespaceOf,
  originalIdentity,
  type Resource,
  scalarNode,
  scalarText,
  setField,
} from './resource.ts';

/**
 * Rewrites the fields that name an object to the name that it has at the end of the build. Only objects that were
 * renamed on the way can be meant. The new value keeps the place of the reference: that is where it is decided.
 */
export function fixNameReferences(
  resources: readonly Resource[],
  references: readonly NameReference[],
  problems: Problem[],
  budget: Budget,
): void {
  const renamed = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const name of new Set(resource.previous.map(identity => identity.name))) {
      const others = renamed.get(name);
      if (others === undefined) renamed.set(name, [resource]);
      else others.push(resource);
    }
  }
  if (renamed.size === 0) return;
  const kinds = new Set(resources.flatMap(({ previous }) => previous.map(({ kind }) => kind)));
  for (const referrer of resources) {
    const originalKind = originalIdentity(referrer).kind;
    const apiVersion = apiVersionOf(referrer);
    for (const { to, spec, isRoleRef } of placesIn(originalKind, references)) {
      // Most places name a kind of which no object was renamed.
      if (to.kind !== undefined && !kinds.has(to.kind)) continue;
      if (!isSelected(apiVersion, originalKind, spec)) continue;
      const search: Search = { referrer, to, renamed, isRoleRef, problems, budget };
      const visit = { set: (node: Node) => update(node, search), make: undefined, span: referrer.root.span };
      visitPlaces(referrer.root, spec, visit, problems);
    }
  }
}

/** A field that holds the name of an object of a kind. */
interface Place {
  readonly to: GroupVersionKind;
  readonly spec: FieldSpec;
  readonly isRoleRef: boolean;
}

/** Nearly all builds have the same references. */
const PLACES = new WeakMap<readonly NameReference[], ReadonlyMap<string | undefined, readonly Place[]>>();

/** The places in objects of the kind, then those in objects of any kind. */
function placesIn(kind: string, references: readonly NameReference[]): readonly Place[] {
  const byKind = PLACES.get(references) ?? placesByKind(references);
  PLACES.set(references, byKind);
  const [own = [], any = []] = [byKind.get(kind), byKind.get(undefined)];
  return any.length === 0 ? own : [...own, ...any];
}

function placesByKind(references: readonly NameReference[]): Map<string | undefined, Place[]> {
  const byKind = new Map<string | undefined, Place[]>();
  for (const { to, from } of references) {
    for (const spec of from) {
      const place = { to, spec, isRoleRef: spec.path.join('/').endsWith('roleRef/name') };
      const others = byKind.get(spec.kind);
      if (others === undefined) byKind.set(spec.kind, [place]);
      else others.push(place);
    }
  }
  return byKind;
}

interface Search {
  readonly referrer: Resource;
  readonly to: GroupVersionKind;
  readonly renamed: ReadonlyMap<string, readonly Resource[]>;
  readonly isRoleRef: boolean;
  readonly problems: Problem[];
  readonly budget: Budget;
}

function update(node: Node, search: Search): Node {
  if (isNull(node)) return node;
  if (node.kind === 'seq') {
    node.items.forEach((item, i) => {
      if (item.kind !== 'seq') node.items[i] = inPlaceOf(item, update(item, search));
    });
    return node;
  }
  return node.kind === 'map' ? updateMap(node, search) : updateScalar(node, search);
}

function updateScalar(node: Node, search: Search): Node {
  const name = scalarText(node);
  const found = select(name, node, search, undefined);
  return found === undefined || nameOf(found) === name ? node : followed(node, found);
}

/** The reference with the object's name, and behind it what gave the object that name. */
function followed({ span }: Node, found: Resource): Node {
  const name = at(found.root, 'metadata', 'name');
  return { ...scalarNode(nameOf(found), span), ...(name?.kind === 'scalar' ? { before: name } : {}) };
}

/** A reference with a namespace of its own, such as a subject of a role binding. */
function updateMap(node: MapNode, search: Search): Node {
  const nameNode = node.entries.get('name')?.value;
  if (nameNode === undefined) return node;
  const namespace = node.entries.get('namespace')?.value;
  const found = select(
    scalarText(nameNode),
    nameNode,
    search,
    namespace === undefined ? undefined : scalarText(namespace),
  );
  if (found === undefined) return node;
  const newNamespace = namespaceOf(found);
  if (nameOf(found) !== scalarText(nameNode)) setField(node, 'name', followed(nameNode, found));
  if (newNamespace !== '' && newNamespace !== scalarText(namespace)) {
    const origin = at(found.root, 'metadata', 'namespace')?.span ?? nameNode.span;
    setField(node, 'namespace', scalarNode(newNamespace, origin));
  }
  return node;
}

/** What it costs to see whether an object of the name is meant. */
const STEPS_OF_CANDIDATE = 20;

/** The renamed object that the name means to the referrer; undefined for none. More than one is a problem. */
function select(name: string, node: Node, search: Search, namespace: string | undefined): Resource | undefined {
  const { referrer, to } = search;
  const candidates = search.renamed.get(name) ?? [];
  search.budget.spend(candidates.length * STEPS_OF_CANDIDATE, node.span);
  const from = identityOf(referrer).namespace;
  let found = candidates.filter(
    candidate =>
      couldMean(referrer, from, candidate) &&
      wasSelected(candidate, to) &&
      (!search.isRoleRef || isRoleOf(referrer, candidate)),
  );
  if (namespace !== undefined) found = inNamespace(found, namespace);
  if (found.length <= 1) return found[0];
  found = found.filter(candidate => sameAffixes(referrer, candidate, true));
  if (found.length > 1) found = found.filter(candidate => sameAffixes(referrer, candidate, false));
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const differs = others.some(
    other => nameOf(other) !== nameOf(first) || (namespace !== undefined && namespaceOf(other) !== namespaceOf(first)),
  );
  if (!differs) return first;
  const message = `${name} can mean several objects after renaming: ${found.map(label).join(', ')}`;
  search.problems.push({ code: 'kustomization-refused', message, span: node.span });
  return undefined;
}

function wasSelected(candidate: Resource, by: GroupVersionKind): boolean {
  return candidate.previous.some(({ kind }) => isSelected(apiVersionOf(candidate), kind, by));
}

/**
 * kustomize's sieves by namespace: that of the referrer, cluster-wide kinds, and the service accounts that the subjects
 * of a role binding name.
 */
function couldMean(referrer: Resource, from: string, candidate: Resource): boolean {
  const own = identityOf(candidate).namespace;
  if (from === NO_NAMESPACE || own === NO_NAMESPACE || own === from) return true;
  if (kindOf(candidate) !== 'ServiceAccount' || kindOf(referrer) !== 'RoleBinding') return false;
  return items(at(referrer.root, 'subjects')).some(
    subject => scalar(subject, 'kind') === 'ServiceAccount' && text(subject, 'namespace') === namespaceOf(candidate),
  );
}

/** The candidates that once had the namespace, else those that have it now. */
function inNamespace(candidates: readonly Resource[], namespace: string): Resource[] {
  const before = candidates.filter(candidate => originalIdentity(candidate).namespace === namespace);
  return before.length > 0 ? before : candidates.filter(candidate => identityOf(candidate).namespace === namespace);
}

function isRoleOf(referrer: Resource, candidate: Resource): boolean {
  const group = at(referrer.root, 'roleRef', 'apiGroup');
  const kind = at(referrer.root, 'roleRef', 'kind');
  if (group === undefined || kind === undefined) return true;
  return candidate.previous.some(previous => {
    const wanted = { group: scalarText(group), kind: scalarText(kind) };
    return isSelected(apiVersionOf(candidate), previous.kind, wanted);
  });
}

function sameAffixes(a: Resource, b: Resource, allowEmpty: boolean): boolean {
  return sameEnd(a.prefixes, b.prefixes, allowEmpty) && sameEnd(a.suffixes, b.suffixes, allowEmpty);
}

/** Whether the shorter list is the end of the longer one. */
function sameEnd(a: readonly string[], b: readonly string[], allowEmpty: boolean): boolean {
  if (a.length === 0 || b.length === 0) return allowEmpty || a.length === b.length;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.every((text, i) => text === long[long.length - short.length + i]);
}
