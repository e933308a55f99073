import { at, items, number, type Path, scalar, text } from '../yaml/node.ts';
import { replicaRange } from './autoscaler.ts';
import type { KubeObject } from './object.ts';
import { countsBetween, rollout, unavailableAt } from './rollout.ts';
import { sameNamespace } from './scope.ts';
import { containers, podTemplate, volumes } from './workload.ts';

/** Why a new pod may never start while the old one runs. */
export interface Deadlock {
  readonly cause: 'read-write-once' | 'read-write-once-pod' | 'host-port';
  /** The claim's name, or the port. */
  readonly subject: string;
  /** False where it depends on the node that the new pod comes to. */
  readonly certain: boolean;
  readonly path: Path;
}

/**
 * What a rollout waits for without end: a volume that one node or one pod may have, or a port of the node, in a
 * Deployment that keeps every old pod until a new one is ready. That includes the default strategy at up to three
 * replicas. A DaemonSet that surges starts the new pod on the very node of the old one. `objects` are those of the unit; a claim that is not among them has an unknown access mode and is no cause.
 */
export function deadlock(object: KubeObject, objects: readonly KubeObject[]): Deadlock | undefined {
  if (object.id.kind === 'DaemonSet') return surges(object) ? hostPort(object, true) : undefined;
  if (object.id.kind !== 'Deployment' && object.id.kind !== 'Rollout') return undefined;
  return keepsEveryPod(object, objects) ? (exclusiveClaim(object, objects) ?? hostPort(object, false)) : undefined;
}

function keepsEveryPod(object: KubeObject, objects: readonly KubeObject[]): boolean {
  const strategy = rollout(object);
  if (strategy?.strategy !== 'RollingUpdate') return false;
  const counts = [...countsBetween(replicaRange(object, objects))];
  return counts.some(count => unavailableAt(object, strategy, count) === 0);
}

function exclusiveClaim(object: KubeObject, objects: readonly KubeObject[]): Deadlock | undefined {
  for (const volume of volumes(object)) {
    const name = text(volume.node, 'persistentVolumeClaim', 'claimName');
    const isClaim = (other: KubeObject) => other.id.group === '' && other.id.kind === 'PersistentVolumeClaim';
    const claim = objects.find(other => isClaim(other) && other.id.name === name && sameNamespace(other, object));
    if (name === undefined || claim === undefined) continue;
    const modes = items(at(claim.root, 'spec', 'accessModes')).map(mode => scalar(mode));
    const path = [...volume.path, 'persistentVolumeClaim', 'claimName'];
    if (modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany')) continue;
    if (modes.includes('ReadWriteOncePod')) return { cause: 'read-write-once-pod', subject: name, certain: true, path };
    if (modes.includes('ReadWriteOnce')) return { cause: 'read-write-once', subject: name, certain: false, path };
  }
  return undefined;
}

/** The new pod of a DaemonSet starts beside the old one. */
function surges(object: KubeObject): boolean {
  const strategy = rollout(object);
  return (
    strategy?.strategy === 'RollingUpdate' && strategy.problems.length === 0 && (strategy.maxSurge?.value ?? 0) > 0
  );
}

/** A port of the node; in the node's own network each listed port is one (pkg/apis/core/v1/defaults.go). */
function hostPort(object: KubeObject, certain: boolean): Deadlock | undefined {
  const onHost = scalar(podTemplate(object)?.node, 'spec', 'hostNetwork') === true;
  for (const container of containers(object)) {
    if (container.init && !container.sidecar) continue;
    for (const [index, port] of items(at(container.node, 'ports')).entries()) {
      const host = number(port, 'hostPort') || (onHost ? number(port, 'containerPort') : undefined);
      if (host === undefined) continue;
      const path = [...container.path, 'ports', index, 'hostPort'];
      return { cause: 'host-port', subject: String(host), certain, path };
    }
  }
  return undefined;
}
