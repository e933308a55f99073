import { type Autoscaler, scalersOf } from '../src/kubernetes/autoscaler.ts';
import { annotation, idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';
import { text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'autoscalers-fight',
  title: 'Two autoscalers of one workload',
  severity: 'error',
  why: 'Each sets the number of pods that it wants and undoes the other; KEDA refuses a second one, and a HorizontalPodAutoscaler stops with AmbiguousSelector.',
  fix: 'Keep one. With KEDA, metrics of a HorizontalPodAutoscaler become triggers of the ScaledObject.',

  on: 'state',
  *check({ objects }) {
    for (const workload of objects) {
      const [first, ...others] = scalersOf(workload, objects);
      if (first === undefined) continue;
      for (const other of others) {
        if (takesOver(first.object, other.object) || takesOver(other.object, first.object)) continue;
        const message = `${idLabel(other.object.id)} scales ${idLabel(workload.id)}, which ${idLabel(first.object.id)} scales as well`;
        yield { message, at: { object: other.object, path: pathOf(other) } };
      }
    }
  },
});

function pathOf({ target }: Autoscaler) {
  return target?.path ?? ['spec'];
}

/** The ScaledObject adopts the HorizontalPodAutoscaler, or is told not to mind it (keda.sh/docs, Transfer ownership). */
function takesOver(scaled: KubeObject, horizontal: KubeObject): boolean {
  if (scaled.id.kind !== 'ScaledObject' || idKey(scaled.id) === idKey(horizontal.id)) return false;
  if (annotation(horizontal, 'validations.keda.sh/hpa-ownership') === 'false') return true;
  const name = text(scaled.root, 'spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name');
  return annotation(scaled, 'scaledobject.keda.sh/transfer-hpa-ownership') === 'true' && name === horizontal.id.name;
}
