import { isKindAndName, isProvided, namedObjects } from '../src/kubernetes/named-objects.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'config-in-another-namespace',
  title: 'Pods name an object that the Application puts into another namespace',
  severity: 'warning',
  why: 'A pod finds ConfigMaps, Secrets, claims and service accounts in its own namespace only, so it does not start. Argo CD gives the namespace of the destination to what names none, and leaves that of all others.',
  fix: 'Give both the same namespace, best by `namespace:` of the kustomization, and the destination of the Application the same one.',

  on: 'state',
  *check({ objects, gaps }, { application }) {
    if (application === undefined || gaps.length > 0) return;
    for (const workload of objects) {
      for (const wanted of namedObjects(workload)) {
        const other = objects.find(object => isKindAndName(object, wanted));
        if (other === undefined || isProvided(wanted, workload, objects)) continue;
        yield {
          message: `${idLabel(workload.id)} in ${workload.id.namespace} names ${wanted.kind} ${wanted.name}, which goes to ${other.id.namespace}`,
          at: { object: workload, path: wanted.path },
        };
      }
    }
  },
});
