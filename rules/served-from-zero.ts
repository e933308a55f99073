import { autoscaler, targetOf } from '../src/kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';
import { servicesOf } from '../src/rule/serving.ts';
import { at, items, number, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'served-from-zero',
  title: 'A workload behind a Service that KEDA scales to no pods',
  severity: 'warning',
  why: 'At rest nothing answers: requests fail until a trigger fires, which is up to a pollingInterval away, and the first pod is ready. minReplicaCount is 0 where it is left out.',
  fix: 'Set minReplicaCount to 1 or more, or say 0 if that is meant.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      const scaler = object.id.kind === 'ScaledObject' ? autoscaler(object) : undefined;
      if (scaler === undefined || scaler.min > 0 || countsPods(object)) continue;
      const workload = targetOf(scaler, objects);
      const [service] = workload === undefined ? [] : servicesOf(workload, objects);
      if (workload === undefined || service === undefined) continue;
      const [path, how] = stated(object);
      yield {
        message: `${idLabel(object.id)} leaves ${idLabel(workload.id)}, which Service ${service.id.name} sends requests to, without pods at rest: ${how}`,
        at: { object, path },
        severity: how.endsWith('left out') ? 'warning' : 'info',
      };
    }
  },
});

function stated({ root }: KubeObject): readonly [readonly string[], string] {
  for (const field of ['idleReplicaCount', 'minReplicaCount']) {
    const value = number(root, 'spec', field);
    if (value === 0) return [['spec', field], `${field} is 0`];
  }
  return [['spec', 'minReplicaCount'], 'minReplicaCount is left out'];
}

/** Only the pods' own use: KEDA refuses that, which is another mistake. */
function countsPods({ root }: KubeObject): boolean {
  const types = items(at(root, 'spec', 'triggers')).map(trigger => text(trigger, 'type') ?? '');
  return types.every(type => type === 'cpu' || type === 'memory');
}
