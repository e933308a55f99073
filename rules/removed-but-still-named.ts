import type { UnitChange } from '../src/change/change.ts';
import { isKept } from '../src/change/facts-application.ts';
import type { Unit } from '../src/gitops/unit.ts';
import { isKindAndName, isProvided, namedObjects } from '../src/kubernetes/named-objects.ts';
import { idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'removed-but-still-named',
  title: 'An object is removed that pods still name',
  severity: 'error',
  why: 'Running pods go on, and the next one does not start: at the next rollout, or in the night when a node fails.',
  fix: 'Take the reference out in the same commit, or keep the object.',

  on: 'commit',
  *check({ changes }) {
    const standing = changes.flatMap(change => change.after?.objects ?? []);
    for (const change of changes) {
      const removed = removedObjects(change).filter(object => !isKept(object));
      if (removed.length === 0) continue;
      for (const workload of change.after?.objects ?? []) {
        const told = new Set<string>();
        for (const wanted of namedObjects(workload)) {
          const name = `${wanted.kind} ${wanted.name}`;
          if (told.has(name)) continue;
          const gone = removed.find(object => sameNamespace(object, workload) && isKindAndName(object, wanted));
          if (gone === undefined || isProvided(wanted, workload, standing)) continue;
          told.add(name);
          yield {
            message: `${idLabel(gone.id)} is removed, and ${idLabel(workload.id)} still names ${name}`,
            at: { object: workload, path: wanted.path },
            severity: isPruned(change.unit) && wanted.kind !== 'Secret' ? 'error' : 'warning',
            units: [change.unit],
          };
        }
      }
    }
  },
});

/** Including those that another object of the unit has replaced under the same name. */
function removedObjects({ before, after }: UnitChange): KubeObject[] {
  const left = new Set(after?.objects.map(({ id }) => idKey(id)));
  return before?.objects.filter(({ id }) => !left.has(idKey(id))) ?? [];
}

/** Without pruning the object stays until somebody tidies up or sets up the cluster anew. */
function isPruned({ application }: Unit): boolean {
  return application?.automated === true && application.prune;
}
