import { handlingOf } from '../src/gitops/ignored-differences.ts';
import { scalersOf } from '../src/kubernetes/autoscaler.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, number } from '../src/yaml/node.ts';

const path = ['spec', 'replicas'];

export default defineRule({
  id: 'replicas-drop-to-one',
  title: 'The number of replicas is taken out under an autoscaler',
  severity: 'warning',
  why: 'A client-side apply takes a field away that it once wrote, and the API server fills in 1: all pods but one go, and come back only when the autoscaler has seen it.',
  fix: 'Let Argo CD ignore /spec/replicas first (ignoreDifferences, with RespectIgnoreDifferences=true) or apply on the server side, and take the field out in a later commit.',

  on: 'change',
  *check({ changes, after }) {
    for (const change of changes) {
      if (change.kind !== 'modified' || at(change.after.root, ...path) !== undefined) continue;
      const replicas = number(change.before.root, ...path) ?? 1;
      const [scaler] = scalersOf(change.after, after?.objects ?? []);
      if (scaler === undefined || replicas < 2) continue;
      if (handlingOf(after?.manifest, change.after, '/spec/replicas') === 'left') continue;
      yield {
        message: `${idLabel(change.after.id)} loses replicas ${replicas}, so that it has 1 pod until ${idLabel(scaler.object.id)} brings it back to ${Math.max(scaler.min, 1)} or more`,
        at: { object: change.after, path },
      };
    }
  },
});
