import { at, items, type MapNode, type Node, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { type FieldSpec, visitPlaces } from './field-spec.ts';
import type { NameReference } from './name-reference-table.ts';
import { movedOf, referentOf, renamedOf, type Search } from './referent.ts';
import {
  apiVersionOf,
  type GroupVersionKind,
  inPlaceOf,
  isNull,
  isSelected,
  kindOf,
  label,
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
  refuseBlankSubjects(resources, problems);
  const renamed = renamedOf(resources);
  if (renamed.size === 0) return;
  const moved = movedOf(resources);
  const kinds = new Set(resources.flatMap(({ previous }) => previous.map(({ kind }) => kind)));
  for (const referrer of resources) {
    const originalKind = originalIdentity(referrer).kind;
    const apiVersion = apiVersionOf(referrer);
    for (const { to, spec, isRoleRef } of placesIn(originalKind, references)) {
      // Most places name a kind of which no object was renamed.
      if (to.kind && !kinds.has(to.kind)) continue;
      if (!isSelected(apiVersion, originalKind, spec)) continue;
      const search: Search = { referrer, to, renamed, moved, isRoleRef, problems, budget };
      const visit = { set: (node: Node) => update(node, search), make: undefined, span: referrer.root.span };
      visitPlaces(referrer.root, spec, visit, problems);
    }
  }
}

function refuseBlankSubjects(resources: readonly Resource[], problems: Problem[]): void {
  for (const resource of resources) {
    if (kindOf(resource) !== 'RoleBinding') continue;
    for (const subject of items(at(resource.root, 'subjects'))) {
      const namespace = at(subject, 'namespace');
      if (namespace === undefined || text(namespace) !== undefined || text(subject, 'kind') !== 'ServiceAccount')
        continue;
      const message = `the namespace of a subject of ${label(resource)} is no text`;
      problems.push({ code: 'kustomization-refused', message, span: namespace.span });
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
  const found = referentOf(name, node, search);
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
  const own = namespace === undefined ? undefined : scalarText(namespace);
  const found = referentOf(scalarText(nameNode), nameNode, search, { namespace: own });
  if (found === undefined) return node;
  const newNamespace = namespaceOf(found);
  if (nameOf(found) !== scalarText(nameNode)) setField(node, 'name', followed(nameNode, found));
  if (newNamespace !== '' && newNamespace !== scalarText(namespace)) {
    const origin = at(found.root, 'metadata', 'namespace')?.span ?? nameNode.span;
    setField(node, 'namespace', scalarNode(newNamespace, origin));
  }
  return node;
}
