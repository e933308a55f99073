import { autoscaler } from '../src/kubernetes/autoscaler.ts';
import { unmeasured } from '../src/kubernetes/autoscaler-metrics.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'autoscaler-cannot-measure',
  title: 'An autoscaler of a share of requests that a container does not make',
  severity: 'warning',
  why: 'The share in use has no value for the pod as soon as one container lacks the request, so the workload is not scaled by it, however busy it is.',
  fix: 'Give each container of the pod the request, or measure one container alone (ContainerResource, or containerName in KEDA).',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      const scaler = autoscaler(object);
      if (scaler === undefined) continue;
      for (const { workload, container, resource, path } of unmeasured(scaler, objects)) {
        const message = `${idLabel(object.id)} scales ${idLabel(workload.id)} by ${resource}, of which container ${container} requests nothing`;
        yield { message, at: { object, path } };
      }
    }
  },
});
