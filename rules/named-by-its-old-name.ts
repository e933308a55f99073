import { affixes, isHash } from '../src/kubernetes/affixes.ts';
import { isOfStatefulSet, isProvided, type NamedObject, namedObjects } from '../src/kubernetes/named-objects.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'named-by-its-old-name',
  title: 'A reference that a prefix, a suffix or a hash left behind',
  severity: 'warning',
  why: 'The pods wait for an object of a name that the build no longer has, while the one they mean is there under another.',
  fix: 'Write the name as the build has it, or list the field under nameReference in `configurations`, so that kustomize renames it too.',

  on: 'state',
  *check({ objects }) {
    for (const workload of objects) {
      for (const wanted of namedObjects(workload)) {
        const peers = objects.filter(object => sameNamespace(object, workload));
        if (isProvided(wanted, workload, peers) || peers.some(object => isOfStatefulSet(wanted.name, object))) continue;
        const [meant, ...others] = peers.filter(object => howRenamed(object, wanted, workload) !== undefined);
        if (meant === undefined || others.length > 0) continue;
        yield {
          message: `${idLabel(workload.id)} names ${wanted.kind} ${wanted.name}, which is not there: the unit has ${meant.id.name}`,
          at: { object: workload, path: wanted.path },
          severity: howRenamed(meant, wanted, workload) === 'hash' ? 'error' : 'warning',
        };
      }
    }
  },
});

/** Only a hash was added, or the prefix that the workload itself has, with or without one. */
function howRenamed(object: KubeObject, wanted: NamedObject, workload: KubeObject): 'hash' | 'prefix' | undefined {
  if (object.id.group !== '' || object.id.kind !== wanted.kind) return undefined;
  const added = affixes(wanted.name, object.id.name);
  if (added === undefined || (added.suffix !== '' && !isHash(added.suffix))) return undefined;
  if (added.prefix === '') return 'hash';
  return workload.id.name.startsWith(added.prefix) ? 'prefix' : undefined;
}
