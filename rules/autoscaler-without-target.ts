import { nearestOf } from '../src/config/nearest.ts';
import { affixes } from '../src/kubernetes/affixes.ts';
import { autoscaler, scalersOf, targetOf } from '../src/kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'autoscaler-without-target',
  title: 'An autoscaler of a workload that the unit has under another name',
  severity: 'warning',
  why: 'Nothing is scaled: the workload keeps its number of pods under any load. Kustomize renames the target of a HorizontalPodAutoscaler with its Deployment or StatefulSet, and that of a ScaledObject with neither.',
  fix: 'Write the name as the build has it, with its prefix and suffix, or patch it in the overlay.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      const scaler = autoscaler(object);
      if (scaler?.target === undefined || targetOf(scaler, objects) !== undefined) continue;
      const { kind, name, path } = scaler.target;
      const peers = objects.filter(other => other.id.kind === kind && sameNamespace(other, object));
      const [only, ...others] = peers.filter(other => other.id.name.includes(name));
      const renamed = others.length === 0 ? (only ?? misspelt(name, peers, objects)) : undefined;
      if (renamed === undefined) continue;
      yield {
        message: `${idLabel(object.id)} scales ${kind} ${name}, which is not there: it is named ${renamed.id.name}`,
        at: { object, path },
        fix: `Write ${renamed.id.name} for the target's name.`,
        severity: isRenamedAlike(object, name, renamed) ? 'error' : 'warning',
      };
    }
  },
});

/** The workload that is nearly called so and that nothing scales. */
function misspelt(name: string, peers: readonly KubeObject[], objects: readonly KubeObject[]): KubeObject | undefined {
  const free = peers.filter(other => scalersOf(other, objects).length === 0);
  const near = nearestOf(name, new Set(free.map(other => other.id.name)));
  return free.find(other => other.id.name === near);
}

/** The autoscaler has the prefix and suffix that its target lacks, so one transformer renamed both. */
function isRenamedAlike({ id }: KubeObject, name: string, renamed: KubeObject): boolean {
  const added = affixes(name, renamed.id.name);
  return added !== undefined && id.name.startsWith(added.prefix) && id.name.endsWith(added.suffix);
}
