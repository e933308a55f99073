import { handlingOf } from '../src/gitops/ignored-differences.ts';
import { scalersOf } from '../src/kubernetes/autoscaler.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';
import { number } from '../src/yaml/node.ts';

const path = ['spec', 'replicas'];

const RESPECT =
  'Add the sync option RespectIgnoreDifferences=true to the Application: without it, ignoreDifferences only hides the difference, and a sync that has another cause puts the number back.';

export default defineRule({
  id: 'replicas-fight-autoscaler',
  title: 'A number of replicas beside the autoscaler that sets it',
  severity: 'warning',
  why: 'Each sync puts the number of the manifest back, also in the middle of a peak, and the autoscaler climbs up again; with selfHeal they never stop.',
  fix: 'Let Argo CD ignore /spec/replicas of the workload (ignoreDifferences, with the sync option RespectIgnoreDifferences=true), and only then delete the field.',

  on: 'state',
  *check({ objects, manifest }) {
    for (const object of objects) {
      const replicas = number(object.root, ...path);
      const [scaler] = replicas === undefined || replicas === 0 ? [] : scalersOf(object, objects);
      if (scaler === undefined || (scaler.min === scaler.max && scaler.max === replicas)) continue;
      const handling = handlingOf(manifest, object, '/spec/replicas');
      if (handling === 'left') continue;
      // Without the scaler's limits: a mistake that stood before is no new one because they move.
      const message = `${idLabel(object.id)} has replicas ${replicas}, and ${idLabel(scaler.object.id)} scales it`;
      if (handling === 'compared') yield { message, at: { object, path }, repair: { kind: 'remove', where: 'new' } };
      else
        yield {
          message: `${message}: what Argo CD ignores it writes all the same`,
          at: { object, path },
          fix: RESPECT,
        };
    }
  },
});
