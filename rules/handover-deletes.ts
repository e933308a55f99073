import type { Handover } from '../src/change/change.ts';
import { takesMuchWithIt } from '../src/change/facts-presence.ts';
import { idKey, idLabel } from '../src/kubernetes/object.ts';
import { defineRule, type Sighting } from '../src/rule/rule.ts';
import { type Span, startOf } from '../src/yaml/node.ts';

export default defineRule({
  id: 'handover-deletes',
  title: 'An Application that deletes what another one takes over',
  severity: 'error',
  why: 'Argo CD deletes what still has the name of the old Application, and the new one writes its own only when it syncs; data that was deleted in between does not come back.',
  fix: 'Let the old Application leave the objects alone in a commit of its own, and hand them over in the next one.',

  on: 'change',
  *check({ after, handovers = [] }) {
    const places = new Map(after?.objects.map(object => [idKey(object.id), object.root.span]));
    for (const handover of handovers) {
      if (handover.end === 'deleted') yield deletion(handover);
      if (handover.end === 'pruned') yield* prunes(handover, places);
    }
  },
});

function deletion({ from, to, objects }: Handover): Sighting {
  const [first] = objects;
  const what = objects.length === 1 && first !== undefined ? idLabel(first.id) : `${objects.length} objects`;
  const data = objects.find(takesMuchWithIt);
  const worst = data === undefined || objects.length === 1 ? '' : `, ${idLabel(data.id)} among them`;
  const leave =
    from.set === undefined
      ? `Take the finalizer resources-finalizer.argocd.argoproj.io from Application ${from.name}`
      : `Set preserveResourcesOnDeletion: true in ApplicationSet ${from.set}`;
  return {
    message: `Application ${from.name} goes with everything that it applied, and ${to.name} takes over ${what} of it${worst}`,
    at: { span: startOf(to.file) },
    fix: `${leave} in a commit of its own, and rename it in the next one.`,
  };
}

function* prunes({ from, to, objects }: Handover, places: ReadonlyMap<string, Span>): Generator<Sighting> {
  for (const object of objects.filter(takesMuchWithIt)) {
    const label = idLabel(object.id);
    yield {
      message: `${label} goes from Application ${from.name} to ${to.name}, and ${from.name} prunes it if it syncs first`,
      at: { span: places.get(idKey(object.id)) ?? object.root.span },
      fix: `Annotate ${label} with argocd.argoproj.io/sync-options: Prune=false in a commit of its own, and move it in the next one.`,
    };
  }
}
