import { clusterOf, shareCluster } from '../src/gitops/neighbours.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { isHook, syncOptions } from '../src/kubernetes/sync.ts';
import { defineRule, type UnitState, type WideSighting } from '../src/rule/rule.ts';
import { at, items, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'object-applied-twice',
  title: 'One object in two Applications',
  severity: 'warning',
  why: 'Argo CD warns of it (SharedResourceWarning): each Application takes the object for its own and puts its version back, and where one of them lets go of it, it is deleted for both.',
  fix: 'Leave the object to one of the two, or give them another name or namespace.',

  on: 'repository',
  meets: ({ unit, rendered }) => {
    const cluster = clusterOf(unit);
    return cluster === undefined ? [] : rendered.objects.map(({ id }) => JSON.stringify([cluster, idKey(id)]));
  },
  *check(states, { neighbours }) {
    const owners = new Map<string, Owned[]>();
    for (const state of [...neighbours, ...states]) {
      if (state.unit.application === undefined) continue;
      const shared = new Map<UnitState, KubeObject[]>();
      for (const object of state.rendered.objects) {
        const key = idKey(object.id);
        const others = owners.get(key) ?? [];
        const rival = others.find(other => shareCluster(other.state.unit, state.unit));
        owners.set(key, [...others, { state, object }]);
        if (rival === undefined || isMeant(object) || isMeant(rival.object)) continue;
        shared.set(rival.state, [...(shared.get(rival.state) ?? []), object]);
      }
      for (const [rival, objects] of shared) yield* told(objects, state, rival);
    }
  },
});

interface Owned {
  readonly state: UnitState;
  readonly object: KubeObject;
}

/** More than these are one mistake: two Applications of the same content. */
const FEW = 3;

function* told(objects: readonly KubeObject[], state: UnitState, rival: UnitState): Generator<WideSighting> {
  for (const object of objects.length > FEW ? objects.slice(0, 1) : objects) {
    const what =
      objects.length > FEW ? `${idLabel(object.id)} and ${objects.length - 1} more are` : `${idLabel(object.id)} is`;
    yield {
      message: `${what} in Application ${state.unit.name} and in ${rival.unit.name}`,
      at: { object, path: ['metadata', 'name'] },
      units: [state.unit],
      severity: [state, rival].some(isRefused) ? 'error' : 'warning',
    };
  }
}

/** A hook belongs to nobody, and what is not pruned may be in both on purpose, as a namespace often is. */
function isMeant(object: KubeObject): boolean {
  return isHook(object) || syncOptions(object).includes('Prune=false');
}

/** The sync fails instead of taking the object over. */
function isRefused({ rendered }: UnitState): boolean {
  const options = items(at(rendered.manifest, 'spec', 'syncPolicy', 'syncOptions'));
  return options.some(option => text(option) === 'FailOnSharedResource=true');
}
