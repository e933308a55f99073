import { howRenamed, isOfStatefulSet, isProvided, namedObjects } from '../src/kubernetes/named-objects.ts';
import { idLabel } from '../src/kubernetes/object.ts';
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
