import { drainBlocks } from '../src/kubernetes/disruption.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'node-drain-blocked',
  title: 'A PodDisruptionBudget that lets no pod go',
  severity: 'warning',
  why: 'Draining a node waits for the eviction of its pods, so an upgrade of the cluster or the replacement of a node hangs on this one until somebody deletes the pod by hand.',
  fix: 'Let one pod go: maxUnavailable 1, or more replicas than minAvailable.',

  on: 'state',
  *check({ objects }) {
    for (const budget of objects) {
      for (const { workload, because, path } of drainBlocks(budget, objects)) {
        const message = `${idLabel(budget.id)} lets no pod of ${idLabel(workload.id)} go: ${because}`;
        yield { message, at: { object: budget, path } };
      }
    }
  },
});
