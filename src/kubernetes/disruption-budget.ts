import { at, entries, items, type Node, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { sameNamespace } from './scope.ts';
import { podTemplate } from './workload.ts';

/**
 * The PodDisruptionBudgets that cover the workload's pods. They hold back evictions, as in a drain, and no rolling update.
 * In `policy/v1` an empty selector covers every pod of the namespace, and a missing one covers none.
 */
export function disruptionBudgets(workload: KubeObject, objects: Iterable<KubeObject>): KubeObject[] {
  const labels = at(podTemplate(workload)?.node, 'metadata', 'labels');
  const found: KubeObject[] = [];
  for (const object of objects) {
    const { group, kind } = object.id;
    if (group !== 'policy' || kind !== 'PodDisruptionBudget' || !sameNamespace(object, workload)) continue;
    const selector = at(object.root, 'spec', 'selector');
    if (selector?.kind === 'map' && selects(selector, labels)) found.push(object);
  }
  return found;
}

/** `minAvailable 2`, `maxUnavailable 25%`; undefined for a budget that states neither. */
export function budgetOf({ root }: KubeObject): string | undefined {
  for (const field of ['minAvailable', 'maxUnavailable']) {
    const value = scalar(root, 'spec', field);
    if (value !== undefined && value !== null) return `${field} ${value}`;
  }
  return undefined;
}

function selects(selector: Node, labels: Node | undefined): boolean {
  for (const [key, { value }] of entries(at(selector, 'matchLabels'))) {
    if (text(labels, key) !== scalar(value)) return false;
  }
  return items(at(selector, 'matchExpressions')).every(expression => meets(expression, labels));
}

function meets(expression: Node, labels: Node | undefined): boolean {
  const value = text(labels, text(expression, 'key') ?? '');
  const listed = items(at(expression, 'values')).map(item => scalar(item));
  switch (text(expression, 'operator')) {
    case 'In':
      return value !== undefined && listed.includes(value);
    case 'NotIn':
      return value === undefined || !listed.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
