import { at, entries, items, type Node, number, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';

/** A value that the API server or KEDA refuses, so that nothing scales. */
export interface AutoscalerProblem {
  readonly path: Path;
  /** One line with the value. No full stop. */
  readonly message: string;
}

/** What is refused in a HorizontalPodAutoscaler, a ScaledObject or a ScaledJob; nothing for any other object. */
export function autoscalerProblems(object: KubeObject): AutoscalerProblem[] {
  const { group, kind } = object.id;
  if (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler') return [...horizontalProblems(object)];
  if (group !== 'keda.sh') return [];
  if (kind === 'ScaledObject') return [...boundProblems(object), ...nameProblems(object), ...triggerProblems(object)];
  return kind === 'ScaledJob' ? [...triggerProblems(object)] : [];
}

/** Kubernetes pkg/apis/autoscaling/validation/validation.go; a minimum of 0 stands behind the gate HPAScaleToZero. */
function* horizontalProblems({ root }: KubeObject): Generator<AutoscalerProblem> {
  const min = number(root, 'spec', 'minReplicas') ?? 1;
  const max = number(root, 'spec', 'maxReplicas');
  if (max !== undefined && max < min) {
    yield { path: ['spec', 'maxReplicas'], message: `maxReplicas ${max} is less than minReplicas ${min}` };
  }
  const types = items(at(root, 'spec', 'metrics')).map(metric => text(metric, 'type'));
  if (min === 0 && !types.some(type => type === 'Object' || type === 'External')) {
    const message = 'minReplicas 0 needs a metric of type Object or External, which has a value without pods';
    yield { path: ['spec', 'minReplicas'], message };
  }
}

/** KEDA's `CheckReplicaCountBoundsAreValid` (apis/keda/v1alpha1/scaledobject_types.go), where a written 0 counts as 1. */
function* boundProblems({ root }: KubeObject): Generator<AutoscalerProblem> {
  const written = number(root, 'spec', 'minReplicaCount');
  const min = written === undefined ? 0 : Math.max(written, 1);
  const max = number(root, 'spec', 'maxReplicaCount') ?? 100;
  const idle = number(root, 'spec', 'idleReplicaCount');
  if (min > max) {
    const message = `minReplicaCount ${written} is more than maxReplicaCount ${max}`;
    yield { path: ['spec', number(root, 'spec', 'maxReplicaCount') ? 'maxReplicaCount' : 'minReplicaCount'], message };
  }
  if (idle !== undefined && idle >= min) {
    const message = `idleReplicaCount ${idle} is not less than minReplicaCount ${written ?? '0, its default'}`;
    yield { path: ['spec', 'idleReplicaCount'], message };
  }
}

/** The longest value of a label, in which KEDA keeps both names (`verifyName` of scaledobject_webhook.go). */
const LONGEST_NAME = 63;

function* nameProblems({ id, root }: KubeObject): Generator<AutoscalerProblem> {
  const config = ['spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name'];
  const chosen = text(root, ...config) || undefined;
  const name = chosen ?? `keda-hpa-${id.name}`;
  if (name.length <= LONGEST_NAME) return;
  const path = chosen === undefined ? ['metadata', 'name'] : config;
  yield { path, message: `the HorizontalPodAutoscaler would be named ${name}: ${name.length} letters, of 63 at most` };
}

/** Triggers whose metric is that of the pods themselves, so that there is none without pods. */
const OF_PODS = new Set(['cpu', 'memory']);

/** KEDA's `ValidateTriggers` and `verifyCPUMemoryScalers`. */
function* triggerProblems({ id, root }: KubeObject): Generator<AutoscalerProblem> {
  const list = at(root, 'spec', 'triggers');
  const triggers = items(list);
  if (triggers.length === 0) {
    yield { path: ['spec', 'triggers'], message: 'it has no triggers' };
    return;
  }
  yield* repeatedNames(triggers);
  for (const [index, trigger] of triggers.entries()) yield* triggerProblem(trigger, ['spec', 'triggers', index]);
  const types = triggers.map(trigger => text(trigger, 'type') ?? '');
  const least = number(root, 'spec', 'minReplicaCount') ?? 0;
  if (id.kind === 'ScaledObject' && least === 0 && types.every(type => OF_PODS.has(type))) {
    const message = `minReplicaCount 0 needs a trigger other than ${[...new Set(types)].join(' and ')}, which has no value without pods`;
    yield { path: ['spec', 'minReplicaCount'], message };
  }
}

function* repeatedNames(triggers: readonly Node[]): Generator<AutoscalerProblem> {
  const names = triggers.map(trigger => text(trigger, 'name') ?? '');
  for (const [index, name] of names.entries()) {
    if (name === '' || names.indexOf(name) === index) continue;
    yield { path: ['spec', 'triggers', index, 'name'], message: `two triggers are named ${name}` };
  }
}

function* triggerProblem(trigger: Node, path: Path): Generator<AutoscalerProblem> {
  const type = text(trigger, 'type') ?? '';
  if (scalar(trigger, 'useCachedMetrics') === true && (OF_PODS.has(type) || type === 'cron')) {
    const message = `useCachedMetrics is not there for a trigger of type ${type}`;
    yield { path: [...path, 'useCachedMetrics'], message };
  }
  for (const [key, { value }] of entries(at(trigger, 'metadata'))) {
    if (value.kind === 'scalar' && (typeof value.value === 'string' || value.value === null)) continue;
    const shown = value.kind === 'scalar' ? `${value.value}` : 'a collection';
    const message = `${key} of trigger ${type} is ${shown}, which is no string`;
    yield { path: [...path, 'metadata', key], message };
  }
}
