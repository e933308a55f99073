import { at, entries, items, type Node, number, type Path, scalar, text } from '../yaml/node.ts';
import { groupOf, type KubeObject } from './object.ts';
import type { ReplicaCounts } from './rollout.ts';
import { sameNamespace } from './scope.ts';

/**
 * Whether an annotation of this key holds KEDA back: `autoscaling.keda.sh/paused`, `paused-replicas`, `paused-scale-in`
 * and `paused-scale-out` (keda.sh, scaling-deployments).
 */
export function isPauseKey(key: string): boolean {
  return key.startsWith('autoscaling.keda.sh/paused');
}

/** A value that a metric is held against. */
export interface Threshold {
  /** `cpu averageUtilization`, `prometheus threshold`. */
  readonly subject: string;
  readonly path: Path;
  readonly value: string;
}

export interface ScaleTarget {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
}

/** A HorizontalPodAutoscaler, a KEDA ScaledObject or ScaledJob, with defaults filled in. */
export interface Autoscaler {
  readonly object: KubeObject;
  /** Undefined for a ScaledJob, which makes its own Jobs, and where no name is given. */
  readonly target: ScaleTarget | undefined;
  readonly min: number;
  readonly max: number;
  readonly minPath: Path;
  readonly maxPath: Path;
  readonly thresholds: readonly Threshold[];
}

/** The object as an autoscaler; undefined for any other object. */
export function autoscaler(object: KubeObject): Autoscaler | undefined {
  const { group, kind } = object.id;
  if (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler') return horizontal(object);
  if (group === 'keda.sh' && (kind === 'ScaledObject' || kind === 'ScaledJob')) return keda(object);
  return undefined;
}

/** Defaults from Kubernetes pkg/apis/autoscaling/v2/defaults.go: at least one pod; the maximum is required. */
function horizontal(object: KubeObject): Autoscaler {
  const min = number(object.root, 'spec', 'minReplicas') ?? 1;
  return {
    object,
    target: target(object, ['spec', 'scaleTargetRef'], ''),
    min,
    max: Math.max(min, number(object.root, 'spec', 'maxReplicas') ?? min),
    minPath: ['spec', 'minReplicas'],
    maxPath: ['spec', 'maxReplicas'],
    thresholds: [...horizontalThresholds(object)],
  };
}

/** Defaults from keda apis/keda/v1alpha1: none at rest, at most 100, and a Deployment is scaled. */
function keda(object: KubeObject): Autoscaler {
  const idle = number(object.root, 'spec', 'idleReplicaCount');
  const min = number(object.root, 'spec', 'minReplicaCount') ?? 0;
  return {
    object,
    target: object.id.kind === 'ScaledObject' ? target(object, ['spec', 'scaleTargetRef'], 'apps/v1') : undefined,
    min: Math.min(min, idle ?? min),
    max: Math.max(min, number(object.root, 'spec', 'maxReplicaCount') ?? 100),
    minPath: ['spec', 'minReplicaCount'],
    maxPath: ['spec', 'maxReplicaCount'],
    thresholds: [...kedaThresholds(object)],
  };
}

function target(object: KubeObject, path: Path, apiVersion: string): ScaleTarget | undefined {
  const name = text(object.root, ...path, 'name');
  if (name === undefined) return undefined;
  const group = groupOf(text(object.root, ...path, 'apiVersion') ?? apiVersion);
  return { group, kind: text(object.root, ...path, 'kind') ?? 'Deployment', name, path: [...path, 'name'] };
}

function* horizontalThresholds(object: KubeObject): Generator<Threshold> {
  const v1 = ['spec', 'targetCPUUtilizationPercentage'];
  yield* threshold(at(object.root, ...v1), 'cpu averageUtilization', v1);
  for (const [index, metric] of items(at(object.root, 'spec', 'metrics')).entries()) {
    const type = text(metric, 'type') ?? '';
    const source = type.charAt(0).toLowerCase() + type.slice(1);
    const path = ['spec', 'metrics', index, source];
    const name =
      text(metric, source, 'metric', 'name') ??
      text(metric, source, 'metricName') ??
      text(metric, source, 'name') ??
      type;
    for (const [key, { value }] of entries(at(metric, source, 'target'))) {
      if (key !== 'type') yield* threshold(value, `${name} ${key}`, [...path, 'target', key]);
    }
    // autoscaling/v2beta1 has `targetAverageUtilization` and the like beside the name.
    for (const [key, { value }] of entries(at(metric, source))) {
      if (/^target./.test(key)) yield* threshold(value, `${name} ${key}`, [...path, key]);
    }
  }
}

/**
 * The parameters of KEDA's scalers that a metric is compared with: `threshold`, `value`, `lagThreshold`, `listLength`,
 * `targetQueryValue`, `activationThreshold`, `desiredReplicas` and their like (keda.sh/docs, scalers).
 */
const THRESHOLD_KEY = /(?:threshold|value|length|count|size|rate|lag|replicas|utilization|backlog|messages?)$/i;

function* kedaThresholds(object: KubeObject): Generator<Threshold> {
  for (const [index, trigger] of items(at(object.root, 'spec', 'triggers')).entries()) {
    const name = text(trigger, 'name') ?? text(trigger, 'type') ?? `trigger ${index}`;
    for (const [key, { value }] of entries(at(trigger, 'metadata'))) {
      if (THRESHOLD_KEY.test(key))
        yield* threshold(value, `${name} ${key}`, ['spec', 'triggers', index, 'metadata', key]);
    }
  }
}

function* threshold(node: Node | undefined, subject: string, path: Path): Generator<Threshold> {
  const value = scalar(node);
  if (value !== undefined && value !== null) yield { subject, path, value: String(value) };
}

/** The workload among the objects that the autoscaler scales. */
export function targetOf(scaler: Autoscaler, objects: Iterable<KubeObject>): KubeObject | undefined {
  for (const object of objects) if (aimsAt(scaler, object)) return object;
  return undefined;
}

/** The autoscalers among the objects that scale the workload. */
export function scalersOf(workload: KubeObject, objects: Iterable<KubeObject>): Autoscaler[] {
  const found: Autoscaler[] = [];
  for (const object of objects) {
    const scaler = autoscaler(object);
    if (scaler !== undefined && aimsAt(scaler, workload)) found.push(scaler);
  }
  return found;
}

function aimsAt({ object, target: aim }: Autoscaler, workload: KubeObject): boolean {
  const { id } = workload;
  if (aim === undefined || aim.name !== id.name || aim.kind !== id.kind) return false;
  return (aim.group === '' || aim.group === id.group) && sameNamespace(object, workload);
}

export interface ReplicaRange extends ReplicaCounts {
  /** The autoscaler that sets the range; undefined where `spec.replicas` does, or its default. */
  readonly from: KubeObject | undefined;
}

/** How many pods of the workload there can be: what its autoscaler allows, else `spec.replicas`, else one. */
export function replicaRange(workload: KubeObject, objects: Iterable<KubeObject>): ReplicaRange {
  const [scaler] = scalersOf(workload, objects);
  if (scaler !== undefined) return { min: scaler.min, max: scaler.max, from: scaler.object };
  const replicas = number(workload.root, 'spec', 'replicas') ?? 1;
  return { min: replicas, max: replicas, from: undefined };
}
