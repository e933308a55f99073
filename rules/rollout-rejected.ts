import { idLabel } from '../src/kubernetes/object.ts';
import { rollout } from '../src/kubernetes/rollout.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'rollout-rejected',
  title: 'A rollout strategy that the API server refuses',
  severity: 'error',
  why: 'The sync of the application fails on this object, and with it all that the commit deploys after it.',
  fix: 'Correct the value so that at least one of the two limits lets a pod move.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      for (const { path, message } of rollout(object)?.problems ?? []) {
        yield { message: `${idLabel(object.id)}: ${message}`, at: { object, path } };
      }
    }
  },
});
