import { type Autoscaler, isPauseKey, scalersOf } from '../kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { at, entries, number, text } from '../yaml/node.ts';
import { brief } from './application.ts';
import { condition } from './pods.ts';
import { rolling, type Signal, stuck } from './signal.ts';

/** The condition by which an autoscaler says that it cannot do its work (autoscaling/v2; keda.sh/v1alpha1). */
const WORKS: ReadonlyMap<string, string> = new Map([
  ['HorizontalPodAutoscaler', 'AbleToScale'],
  ['ScaledObject', 'Ready'],
]);

/** The autoscaler that the workload's number of pods is outside the range of; undefined where it is within. */
export function scalerToAct(live: KubeObject, workload: KubeObject, objects: readonly KubeObject[]) {
  const [scaler] = scalersOf(workload, objects);
  return scaler !== undefined && isOutside(countOf(live), scaler) ? scaler : undefined;
}

/**
 * What is said of a workload whose number of pods its autoscaler has yet to bring into the range that the commit gives.
 *
 * @param found The autoscaler in the cluster; undefined where it could not be read, or is not there.
 * @returns Undefined where somebody has paused the autoscaler, so that the range says nothing.
 */
export function judgeCount(live: KubeObject, scaler: Autoscaler, found: KubeObject | undefined): Signal | undefined {
  if (found !== undefined && isPaused(found)) return undefined;
  const { object, max } = scaler;
  const count = countOf(live);
  const pods = count === 1 ? '1 pod' : `${count} pods`;
  const bound = count > max ? `at most ${max}` : `at least ${leastOf(scaler)}`;
  const reason = `it has ${pods}, and ${idLabel(object.id)} wants ${bound}`;
  const works = found && condition(found, WORKS.get(object.id.kind) ?? '');
  if (text(works, 'status') !== 'False') return rolling(`${reason}: it has not scaled it yet`);
  const why = brief(text(works, 'message') ?? text(works, 'reason') ?? 'it does not say why');
  return stuck(
    `${reason}, but cannot scale it: ${why}`,
    `kubectl describe ${object.id.kind.toLowerCase()} -n ${live.id.namespace} ${object.id.name}`,
  );
}

function countOf({ root }: KubeObject): number {
  return number(root, 'spec', 'replicas') ?? 1;
}

/** KEDA's number at rest lies below the minimum, and nothing is between the two. */
function isOutside(count: number, scaler: Autoscaler): boolean {
  return count > scaler.max || (count < leastOf(scaler) && count !== scaler.min);
}

function leastOf({ object, min, minPath }: Autoscaler): number {
  return number(object.root, ...minPath) ?? min;
}

function isPaused({ root }: KubeObject): boolean {
  return [...entries(at(root, 'metadata', 'annotations'))].some(([key]) => isPauseKey(key));
}
