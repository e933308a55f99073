import { groupOf } from '../kubernetes/object.ts';
import { at, items, type Node, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { apiVersionOf, kindOf, nameOf, namespaceOf, type Resource, scalarText } from './resource.ts';

/** Kinds that come first and last in kustomize's `legacy` order, which `kustomize build` has by default. */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The place of each kind that does not stand at 0 with most others. */
function ranksOf(first: readonly string[], last: readonly string[]): Map<string, number> {
  return new Map([
    ...first.map((kind, i) => [kind, i - first.length] as const),
    ...last.map((kind, i) => [kind, i + 1] as const),
  ]);
}

const LEGACY = ranksOf(FIRST, LAST);

/** A type as far as it is said. */
interface Type {
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly kind?: string | undefined;
}

/** Types in kustomize's `legacy` order: by the place of the kind, then by name, what is not said last. */
export function byType(a: Type, b: Type): number {
  return (LEGACY.get(a.kind ?? '') ?? 0) - (LEGACY.get(b.kind ?? '') ?? 0) || compare(typeKey(a), typeKey(b));
}

/** The objects in the order of the output, by `sortOptions` of the kustomization that is built. */
export function inOrder(
  resources: readonly Resource[],
  sortOptions: Node | undefined,
  problems: Problem[],
): Resource[] {
  if (sortOptions !== undefined) checkOptions(sortOptions, problems);
  if (text(sortOptions, 'order') === 'fifo') return [...resources];
  const own = at(sortOptions, 'legacySortOptions');
  const kinds = (field: string) => items(at(own, field)).map(scalarText);
  const rank = own === undefined ? LEGACY : ranksOf(kinds('orderFirst'), kinds('orderLast'));
  return resources
    .map(resource => ({ resource, rank: rank.get(kindOf(resource)) ?? 0, key: sortKey(resource) }))
    .sort((a, b) => a.rank - b.rank || compare(a.key[0], b.key[0]) || compare(a.key[1], b.key[1]))
    .map(({ resource }) => resource);
}

function checkOptions(sortOptions: Node, problems: Problem[]): void {
  const refuse = (message: string, { span }: Node) => problems.push({ code: 'kustomization-refused', message, span });
  const order = text(sortOptions, 'order') ?? '';
  const legacy = at(sortOptions, 'legacySortOptions');
  if (order !== 'fifo' && order !== 'legacy') {
    refuse(`sortOptions.order is ${order || 'missing'}, kustomize knows fifo and legacy`, sortOptions);
  } else if (order === 'fifo' && legacy !== undefined) {
    refuse('legacySortOptions belong to the order legacy, and the order is fifo', legacy);
  }
}

/** With marks for missing parts, as kustomize sorts them: after everything else. */
function sortKey(resource: Resource): [type: string, id: string] {
  const apiVersion = apiVersionOf(resource);
  const group = groupOf(apiVersion);
  const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1);
  const kind = kindOf(resource);
  const id = `${namespaceOf(resource) || '~X'}|${nameOf(resource) || '~N'}`;
  return [typeKey({ group, version, kind }), id];
}

function typeKey({ group, version, kind }: Type): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
