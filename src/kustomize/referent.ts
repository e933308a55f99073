import { at, items, type Node, scalar, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import {
  apiVersionOf,
  type GroupVersionKind,
  identityOf,
  isSelected,
  kindOf,
  label,
  NO_NAMESPACE,
  nameOf,
  namespaceOf,
  originalIdentity,
  type Resource,
  scalarText,
} from './resource.ts';

/** A field that names an object, and what is known to find that object. */
export interface Search {
  readonly referrer: Resource;
  readonly to: GroupVersionKind;
  readonly renamed: ReadonlyMap<string, Renamed>;
  readonly moved: ReadonlyMap<string, ReadonlySet<string>>;
  readonly isRoleRef: boolean;
  readonly problems: Problem[];
  readonly budget: Budget;
}

/** The objects that once had one name, in the build's order. */
interface Renamed {
  readonly all: Resource[];
  readonly byNamespace: Map<string, Resource[]>;
}

/** Objects that were renamed on the way, by each of their earlier names. */
export function renamedOf(resources: readonly Resource[]): Map<string, Renamed> {
  const renamed = new Map<string, Renamed>();
  for (const resource of resources) {
    const { namespace } = identityOf(resource);
    for (const name of new Set(resource.previous.map(identity => identity.name))) {
      const named = renamed.get(name) ?? { all: [], byNamespace: new Map<string, Resource[]>() };
      renamed.set(name, named);
      named.all.push(resource);
      const neighbours = named.byNamespace.get(namespace);
      if (neighbours === undefined) named.byNamespace.set(namespace, [resource]);
      else neighbours.push(resource);
    }
  }
  return renamed;
}

/** The namespaces that objects have now, by the one that they had first. */
export function movedOf(resources: readonly Resource[]): Map<string, Set<string>> {
  const moved = new Map<string, Set<string>>();
  for (const resource of resources) {
    const first = originalIdentity(resource).namespace;
    const now = moved.get(first) ?? new Set();
    moved.set(first, now.add(identityOf(resource).namespace));
  }
  return moved;
}

/** What it costs to see whether an object of the name is meant. */
const STEPS_OF_CANDIDATE = 20;

/**
 * The renamed object that the name means to the referrer; undefined for none. More than one is a problem.
 *
 * @param within Of a reference that can have a namespace of its own.
 */
export function referentOf(
  name: string,
  node: Node,
  search: Search,
  within?: { readonly namespace: string | undefined },
): Resource | undefined {
  const { referrer, to } = search;
  const namespace = within?.namespace;
  const renamed = search.renamed.get(name);
  if (renamed === undefined) return undefined;
  const from = identityOf(referrer).namespace;
  const candidates = candidatesFor(referrer, from, renamed);
  search.budget.spend(candidates.length * STEPS_OF_CANDIDATE, node.span);
  let found = candidates.filter(
    candidate =>
      couldMean(referrer, from, candidate) &&
      wasSelected(candidate, to) &&
      (!search.isRoleRef || isRoleOf(referrer, candidate)),
  );
  if (namespace !== undefined) found = inNamespace(found, namespace, search);
  if (found.length <= 1) return found[0];
  found = found.filter(candidate => sameAffixes(referrer, candidate, true));
  if (found.length > 1) found = found.filter(candidate => sameAffixes(referrer, candidate, false));
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const differs = others.some(
    other => nameOf(other) !== nameOf(first) || (within !== undefined && namespaceOf(other) !== namespaceOf(first)),
  );
  if (!differs) return first;
  const message = `${name} can mean several objects after renaming: ${found.map(label).join(', ')}`;
  search.problems.push({ code: 'kustomization-refused', message, span: node.span });
  return undefined;
}

/** Those that can be in the referrer's reach, where that is told by their namespaces; else all of the name. */
function candidatesFor(referrer: Resource, from: string, renamed: Renamed): readonly Resource[] {
  const { all, byNamespace } = renamed;
  if (from === NO_NAMESPACE || byNamespace.has(NO_NAMESPACE) || kindOf(referrer) === 'RoleBinding') return all;
  return byNamespace.get(from) ?? [];
}

function wasSelected(candidate: Resource, by: GroupVersionKind): boolean {
  return candidate.previous.some(({ kind }) => isSelected(apiVersionOf(candidate), kind, by));
}

/** kustomize's sieves by namespace: that of the referrer, cluster-wide kinds, and those that a role binding names. */
function couldMean(referrer: Resource, from: string, candidate: Resource): boolean {
  const own = identityOf(candidate).namespace;
  return isNear(from, own) || isOfSubject(referrer, namespaceOf(candidate));
}

function isNear(from: string, own: string): boolean {
  return from === NO_NAMESPACE || own === NO_NAMESPACE || own === from;
}

/** Whether a role binding has a service account of the namespace among its subjects. */
function isOfSubject(referrer: Resource, namespace: string): boolean {
  if (kindOf(referrer) !== 'RoleBinding') return false;
  return items(at(referrer.root, 'subjects')).some(
    subject => scalar(subject, 'kind') === 'ServiceAccount' && text(subject, 'namespace') === namespace,
  );
}

/** The candidates that first had the namespace, where anything in reach has; else those that have it now. */
function inNamespace(candidates: readonly Resource[], namespace: string, { referrer, moved }: Search): Resource[] {
  const from = identityOf(referrer).namespace;
  const now = [...(moved.get(namespace) ?? [])];
  const wasThere = now.some(own => isNear(from, own) || isOfSubject(referrer, own));
  return candidates.filter(candidate => {
    const identity = wasThere ? originalIdentity(candidate) : identityOf(candidate);
    return identity.namespace === namespace;
  });
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
