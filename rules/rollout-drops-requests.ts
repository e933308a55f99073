import { replicaRange } from '../src/kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { effectiveUnavailable, rollout, type Unavailability } from '../src/kubernetes/rollout.ts';
import { containers, podTemplate, volumes } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import { servicesOf } from '../src/rule/serving.ts';
import { at, items, scalar, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'rollout-drops-requests',
  title: 'A rollout that takes pods away before others can serve',
  severity: 'warning',
  why: 'Each deployment, however small, leaves the Service with fewer pods than it needs, or with none.',
  fix: 'Set maxUnavailable to 0 and maxSurge above it, so that a new pod serves before an old one goes.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      if (object.id.kind !== 'Deployment' || servicesOf(object, objects).length === 0) continue;
      if (mustGoFirst(object, objects) || isRefused(object)) continue;
      const range = replicaRange(object, objects);
      const label = idLabel(object.id);
      if (rollout(object)?.strategy === 'Recreate') {
        if (range.max < 2) continue;
        const message = `${label}: Recreate stops all ${range.max} pods before a new one starts`;
        yield { message, at: { object, path: ['spec', 'strategy', 'type'] } };
        continue;
      }
      const limit = scalar(object.root, ...limitPath);
      const worst = effectiveUnavailable(object, range);
      if (limit === undefined || limit === DEFAULT_LIMIT || worst === undefined || worst.unavailable === 0) continue;
      const all = worst.unavailable === worst.replicas;
      yield {
        message: `${label}: maxUnavailable ${limit} takes away ${taken(worst)} before new ones serve`,
        at: { object, path: limitPath },
        severity: all ? 'warning' : 'info',
      };
    }
  },
});

/** The API server does not take the strategy, so that nothing rolls out by it. */
function isRefused(object: KubeObject): boolean {
  return (rollout(object)?.problems.length ?? 0) > 0;
}

/** Written out or left out, it is the choice of Kubernetes and not of the team. */
const DEFAULT_LIMIT = '25%';

const limitPath = ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'];

/** The old pod has something that only one pod can have, so that it must go before the new one starts. */
function mustGoFirst(object: KubeObject, objects: readonly KubeObject[]): boolean {
  const claims = volumes(object).flatMap(({ node }) => text(node, 'persistentVolumeClaim', 'claimName') ?? []);
  const ports = containers(object).flatMap(container => items(at(container.node, 'ports')));
  const onHost = scalar(podTemplate(object)?.node, 'spec', 'hostNetwork') === true;
  const isAlone = claims.some(claim => !objects.some(other => other.id.name === claim && isShared(other)));
  return isAlone || onHost || ports.some(port => scalar(port, 'hostPort') !== undefined);
}

/** A claim that pods of several nodes can have at once. */
function isShared({ id, root }: KubeObject): boolean {
  const modes = items(at(root, 'spec', 'accessModes')).map(mode => scalar(mode));
  return id.kind === 'PersistentVolumeClaim' && (modes.includes('ReadWriteMany') || modes.includes('ReadOnlyMany'));
}

/** The number of some of the pods is left out, so that a base with overlays of many sizes has one mistake. */
function taken({ replicas, unavailable }: Unavailability): string {
  if (unavailable < replicas) return 'pods';
  return replicas === 1 ? 'the only pod' : `all ${replicas} pods`;
}
