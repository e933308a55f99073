import { autoscalerProblems } from '../src/kubernetes/autoscaler-problems.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'autoscaler-rejected',
  title: 'An autoscaler that the API server or KEDA refuses',
  severity: 'error',
  why: 'The sync fails on this object, or KEDA takes it and marks it as not ready; either way the workload stays at the size it has.',
  fix: 'Correct the value that is named.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      for (const { path, message } of autoscalerProblems(object)) {
        yield { message: `${idLabel(object.id)}: ${message}`, at: { object, path } };
      }
    }
  },
});
