import { at, type Path, scalar } from '../yaml/node.ts';
import { replicaRange } from './autoscaler.ts';
import { selects } from './label-selector.ts';
import { idLabel, type KubeObject } from './object.ts';
import { parseIntOrPercent, scaled } from './quantity.ts';
import { sameNamespace } from './scope.ts';
import { podLabels } from './workload.ts';

/** Why no pod of the workload may be evicted, so that draining its node never ends. */
export interface DrainBlock {
  readonly workload: KubeObject;
  /** One line with both values. No full stop. */
  readonly because: string;
  readonly path: Path;
}

const CONTROLLERS = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout']);

/**
 * The PodDisruptionBudgets that cover the workload's pods. They hold back evictions, as in a drain, and no rolling update.
 * In `policy/v1` an empty selector covers every pod of the namespace, and a missing one covers none.
 */
export function disruptionBudgets(workload: KubeObject, objects: Iterable<KubeObject>): KubeObject[] {
  return [...objects].filter(object => isBudget(object) && covers(object, workload));
}

/** `minAvailable 2`, `maxUnavailable 25%`; undefined for a budget that states neither. */
export function budgetOf({ root }: KubeObject): string | undefined {
  for (const field of ['minAvailable', 'maxUnavailable']) {
    const value = scalar(root, 'spec', field);
    if (value !== undefined && value !== null) return `${field} ${value}`;
  }
  return undefined;
}

function isBudget({ id }: KubeObject): boolean {
  return id.group === 'policy' && id.kind === 'PodDisruptionBudget';
}

function covers(budget: KubeObject, workload: KubeObject): boolean {
  return sameNamespace(budget, workload) && selects(at(budget.root, 'spec', 'selector'), podLabels(workload));
}

/**
 * The workloads of which a PodDisruptionBudget lets no pod go while all of them are ready. It limits evictions, which are
 * what draining a node does, not rollouts; its percentages round up (kubernetes.io/docs, Specifying a Disruption Budget).
 * An autoscaler is asked at its minimum, where the workload stays for as long as it has little to do.
 */
export function drainBlocks(budget: KubeObject, objects: readonly KubeObject[]): DrainBlock[] {
  if (!isBudget(budget)) return [];
  return objects.flatMap(workload => {
    if (!CONTROLLERS.has(workload.id.kind) || !covers(budget, workload)) return [];
    const block = blockOf(budget, workload, objects);
    return block === undefined ? [] : [{ workload, ...block }];
  });
}

function blockOf(
  budget: KubeObject,
  workload: KubeObject,
  objects: readonly KubeObject[],
): Omit<DrainBlock, 'workload'> | undefined {
  const { min, max, from } = replicaRange(workload, objects);
  if (max === 0) return undefined;
  const pods = Math.max(min, 1);
  for (const field of ['maxUnavailable', 'minAvailable'] as const) {
    const path = ['spec', field];
    const written = scalar(budget.root, ...path);
    const amount = parseIntOrPercent(written);
    if (amount === undefined) continue;
    const count = scaled(amount, pods, 'up');
    const isBlocked = field === 'maxUnavailable' ? count === 0 : count >= pods;
    if (!isBlocked) continue;
    const least = from === undefined ? '' : `, the least that ${idLabel(from.id)} keeps`;
    return { because: `${field} is ${written}, of ${pods} ${pods === 1 ? 'pod' : 'pods'}${least}`, path };
  }
  return undefined;
}
