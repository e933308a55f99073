import { at, number, type Path, scalar } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { type IntOrPercent, parseIntOrPercent, scaled } from './quantity.ts';

/** A value that the API server refuses. */
export interface RolloutProblem {
  readonly path: Path;
  /** One line with the value. No full stop. */
  readonly message: string;
}

/** How a controller replaces pods, defaults filled in. */
export interface Rollout {
  /** `unknown` for an Argo Rollout: its documentation and its code disagree about the defaults. */
  readonly strategy: 'RollingUpdate' | 'Recreate' | 'OnDelete' | 'unknown';
  readonly maxSurge: IntOrPercent | undefined;
  readonly maxUnavailable: IntOrPercent | undefined;
  /** Pods with a lower ordinal are not updated; StatefulSets only. */
  readonly partition: number;
  readonly path: Path;
  readonly problems: readonly RolloutProblem[];
}

export interface Fenceposts {
  readonly surge: number;
  readonly unavailable: number;
}

const QUARTER: IntOrPercent = { unit: 'percent', value: 25 };
const NONE: IntOrPercent = { unit: 'pods', value: 0 };
const ONE: IntOrPercent = { unit: 'pods', value: 1 };

/** The Deployment controller's own rounding (kubectl, pkg/util/deployment/deployment.go): one pod moves at least. */
export function resolveFenceposts(maxSurge: IntOrPercent, maxUnavailable: IntOrPercent, desired: number): Fenceposts {
  const surge = scaled(maxSurge, desired, 'up');
  const unavailable = scaled(maxUnavailable, desired, 'down');
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/**
 * Whether a StatefulSet waits for each new pod before it goes on, and so goes on waiting for a broken one after the
 * template is put back (kubernetes.io/docs, StatefulSet: forced rollback; kubernetes/kubernetes#67250).
 */
export function waitsForBrokenPod(object: KubeObject): boolean {
  const { group, kind } = object.id;
  if (group !== 'apps' || kind !== 'StatefulSet' || rollout(object)?.strategy !== 'RollingUpdate') return false;
  return scalar(object.root, 'spec', 'podManagementPolicy') !== 'Parallel';
}

/** The strategy in force; undefined for kinds that no controller rolls. */
export function rollout(object: KubeObject): Rollout | undefined {
  if (object.id.group === 'apps' && object.id.kind === 'Deployment') return deploymentRollout(object);
  if (object.id.group === 'apps' && object.id.kind === 'StatefulSet') return statefulSetRollout(object);
  if (object.id.group === 'apps' && object.id.kind === 'DaemonSet') return daemonSetRollout(object);
  if (object.id.group === 'argoproj.io' && object.id.kind === 'Rollout') return argoRollout(object);
  return undefined;
}

function deploymentRollout(object: KubeObject): Rollout {
  const path = ['spec', 'strategy'];
  const rolling = [...path, 'rollingUpdate'];
  const type = scalar(object.root, ...path, 'type') ?? 'RollingUpdate';
  const problems: RolloutProblem[] = [];
  if (type === 'Recreate') {
    if (at(object.root, ...rolling)?.kind === 'map') {
      problems.push({ path: rolling, message: 'rollingUpdate is set although the type is Recreate' });
    }
    return { strategy: 'Recreate', maxSurge: NONE, maxUnavailable: undefined, partition: 0, path, problems };
  }
  if (type !== 'RollingUpdate') {
    problems.push({ path: [...path, 'type'], message: `type ${type} is neither RollingUpdate nor Recreate` });
    return { strategy: 'unknown', maxSurge: undefined, maxUnavailable: undefined, partition: 0, path, problems };
  }
  const maxSurge = amount(object, [...rolling, 'maxSurge'], QUARTER, problems);
  const maxUnavailable = amount(object, [...rolling, 'maxUnavailable'], QUARTER, problems);
  if (maxSurge?.value === 0 && maxUnavailable?.value === 0) {
    problems.push({ path: [...rolling, 'maxUnavailable'], message: 'maxUnavailable may not be 0 when maxSurge is 0' });
  }
  atMostAll(maxUnavailable, [...rolling, 'maxUnavailable'], problems);
  checkDeadline(object, problems);
  return { strategy: 'RollingUpdate', maxSurge, maxUnavailable, partition: 0, path, problems };
}

function checkDeadline(object: KubeObject, problems: RolloutProblem[]): void {
  const deadline = number(object.root, 'spec', 'progressDeadlineSeconds') ?? 600;
  const ready = number(object.root, 'spec', 'minReadySeconds') ?? 0;
  if (deadline > ready) return;
  const field = at(object.root, 'spec', 'progressDeadlineSeconds') ? 'progressDeadlineSeconds' : 'minReadySeconds';
  problems.push({
    path: ['spec', field],
    message: `progressDeadlineSeconds ${deadline} is not greater than minReadySeconds ${ready}`,
  });
}

/** The type of a StatefulSet's or DaemonSet's `updateStrategy`, which knows no Recreate. */
function updateStrategy(object: KubeObject, path: Path, problems: RolloutProblem[]): 'OnDelete' | 'RollingUpdate' {
  const type = scalar(object.root, ...path, 'type') ?? 'RollingUpdate';
  if (type !== 'OnDelete' && type !== 'RollingUpdate') {
    problems.push({ path: [...path, 'type'], message: `type ${type} is neither RollingUpdate nor OnDelete` });
  }
  return type === 'OnDelete' ? 'OnDelete' : 'RollingUpdate';
}

/** A StatefulSet has no surge, so at least one pod is always down; percentages round up. */
function statefulSetRollout(object: KubeObject): Rollout {
  const path = ['spec', 'updateStrategy'];
  const problems: RolloutProblem[] = [];
  const strategy = updateStrategy(object, path, problems);
  if (strategy === 'OnDelete' && at(object.root, ...path, 'rollingUpdate')?.kind === 'map') {
    problems.push({ path: [...path, 'rollingUpdate'], message: 'rollingUpdate is set although the type is OnDelete' });
  }
  const field = [...path, 'rollingUpdate', 'maxUnavailable'];
  const maxUnavailable = amount(object, field, ONE, problems);
  if (maxUnavailable?.value === 0) problems.push({ path: field, message: 'maxUnavailable may not be 0' });
  const partition = number(object.root, ...path, 'rollingUpdate', 'partition') ?? 0;
  return { strategy, maxSurge: NONE, maxUnavailable, partition, path, problems };
}

function daemonSetRollout(object: KubeObject): Rollout {
  const path = ['spec', 'updateStrategy'];
  const rolling = [...path, 'rollingUpdate'];
  const problems: RolloutProblem[] = [];
  const strategy = updateStrategy(object, path, problems);
  const maxSurge = amount(object, [...rolling, 'maxSurge'], NONE, problems);
  const maxUnavailable = amount(object, [...rolling, 'maxUnavailable'], ONE, problems);
  if (strategy === 'RollingUpdate' && maxSurge !== undefined && maxUnavailable !== undefined) {
    if (maxSurge.value === 0 && maxUnavailable.value === 0) {
      problems.push({ path: rolling, message: 'maxUnavailable may not be 0 when maxSurge is 0' });
    } else if (maxSurge.value > 0 && maxUnavailable.value > 0) {
      const message = 'maxSurge may not be set when maxUnavailable is not 0, which is 1 where it is left out';
      problems.push({ path: [...rolling, 'maxSurge'], message });
    }
  }
  return { strategy, maxSurge, maxUnavailable, partition: 0, path, problems };
}

function argoRollout(object: KubeObject): Rollout {
  const canary = ['spec', 'strategy', 'canary'];
  const path = at(object.root, ...canary) === undefined ? ['spec', 'strategy'] : canary;
  const problems: RolloutProblem[] = [];
  const [surgePath, unavailablePath] = [
    [...path, 'maxSurge'],
    [...path, 'maxUnavailable'],
  ];
  const known = at(object.root, ...surgePath) !== undefined && at(object.root, ...unavailablePath) !== undefined;
  if (!known)
    return { strategy: 'unknown', maxSurge: undefined, maxUnavailable: undefined, partition: 0, path, problems };
  const maxSurge = amount(object, surgePath, QUARTER, problems);
  const maxUnavailable = amount(object, unavailablePath, QUARTER, problems);
  return { strategy: 'RollingUpdate', maxSurge, maxUnavailable, partition: 0, path, problems };
}

function amount(
  object: KubeObject,
  path: Path,
  missing: IntOrPercent,
  problems: RolloutProblem[],
): IntOrPercent | undefined {
  const value = scalar(object.root, ...path);
  if (value === undefined && at(object.root, ...path) === undefined) return missing;
  if (value === null) return missing;
  const parsed = parseIntOrPercent(value);
  if (parsed === undefined) {
    const shown = value === undefined ? 'a collection' : JSON.stringify(String(value));
    problems.push({
      path,
      message: `${path.at(-1)} ${shown} is neither a number of pods nor a percentage such as "25%"`,
    });
  }
  return parsed;
}

function atMostAll(value: IntOrPercent | undefined, path: Path, problems: RolloutProblem[]): void {
  if (value?.unit === 'percent' && value.value > 100) {
    problems.push({ path, message: `${path.at(-1)} ${value.value}% is more than all pods` });
  }
}

export interface ReplicaCounts {
  readonly min: number;
  readonly max: number;
}

/** How many pods a rollout takes away at a number of replicas. */
export interface Unavailability {
  readonly replicas: number;
  readonly unavailable: number;
}

/** Percentages of more replicas than this differ by less than a pod in a hundred. */
const COUNTS_TRIED = 200;

/**
 * The number of replicas, of those that the autoscaler allows, at which a rollout takes away the largest share of pods.
 * Undefined where the strategy is not known, where nothing rolls by itself, and at no replicas.
 */
export function effectiveUnavailable(object: KubeObject, replicas: ReplicaCounts): Unavailability | undefined {
  const strategy = rollout(object);
  if (strategy === undefined || strategy.strategy === 'OnDelete' || strategy.strategy === 'unknown') return undefined;
  let worst: Unavailability | undefined;
  for (const desired of countsBetween(replicas)) {
    const unavailable = unavailableAt(object, strategy, desired);
    if (unavailable === undefined) return undefined;
    if (worst === undefined || unavailable * worst.replicas > worst.unavailable * desired) {
      worst = { replicas: desired, unavailable };
    }
  }
  return worst;
}

/** The pods that may be down at that number of replicas; undefined where a value is not valid. */
export function unavailableAt(
  object: KubeObject,
  { strategy, ...rollout }: Rollout,
  desired: number,
): number | undefined {
  if (strategy === 'Recreate') return desired;
  if (rollout.maxSurge === undefined || rollout.maxUnavailable === undefined) return undefined;
  if (object.id.kind === 'StatefulSet' || object.id.kind === 'DaemonSet') {
    return Math.min(desired, scaled(rollout.maxUnavailable, desired, 'up'));
  }
  return Math.min(desired, resolveFenceposts(rollout.maxSurge, rollout.maxUnavailable, desired).unavailable);
}

/** The counts from min to max that a rollout can meet; none where there are no pods. */
export function* countsBetween({ min, max }: ReplicaCounts): Generator<number> {
  const first = Math.max(1, min);
  const last = Math.min(max, first + COUNTS_TRIED);
  for (let count = first; count <= last; count++) yield count;
  if (max > last) yield max;
}
