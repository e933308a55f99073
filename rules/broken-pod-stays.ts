import type { UnitChange } from '../src/change/change.ts';
import type { Fact } from '../src/change/fact.ts';
import { replicaRange } from '../src/kubernetes/autoscaler.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { rollout, waitsForBrokenPod } from '../src/kubernetes/rollout.ts';
import { defineRule } from '../src/rule/rule.ts';

/** Steps of an image that seldom leave a pod broken: to say it of each of them is noise. */
const SMALL_STEPS: ReadonlySet<string> = new Set<Fact['move']>(['patch', 'build', 'digest', 'pinned', 'version']);

export default defineRule({
  id: 'broken-pod-stays',
  title: 'A rollout that a revert alone does not undo',
  severity: 'info',
  why: 'A StatefulSet replaces its pods one after the other and waits for each to be ready. If the new pod never is, the old template that a revert brings back waits behind it (kubernetes/kubernetes#67250).',
  fix: 'Should the new pod not become ready: revert, then delete that pod by hand.',

  on: 'change',
  *check(change) {
    const rolled = change.after?.objects.filter(object => isRolled(object, change)) ?? [];
    const [first] = rolled;
    if (first === undefined) return;
    const more = rolled.length === 1 ? ' is' : ` and ${rolled.length - 1} more are`;
    yield {
      message: `${idLabel(first.id)}${more} rolled in order: a pod that does not become ready stays after a revert`,
      at: { span: stepOf(first, change)?.span ?? first.root.span },
      fix: `Should the new pod not become ready: revert, then kubectl${inNamespace(first)} delete pod ${first.id.name}-<ordinal>.`,
    };
  },
});

function isRolled(object: KubeObject, change: UnitChange): boolean {
  if (!waitsForBrokenPod(object) || stepOf(object, change) === undefined) return false;
  const { max } = replicaRange(object, change.after?.objects ?? []);
  return (rollout(object)?.partition ?? 0) < max;
}

/** What the commit does to the version that the object's pods run, if that is more than a small step. */
function stepOf({ id }: KubeObject, { facts }: UnitChange): Fact | undefined {
  const own = facts.filter(({ object }) => object !== undefined && idKey(object) === idKey(id));
  return own.find(({ kind, move }) => (kind === 'image' || kind === 'database') && !SMALL_STEPS.has(move));
}

function inNamespace({ id }: KubeObject): string {
  return id.namespace === '' ? '' : ` -n ${id.namespace}`;
}
