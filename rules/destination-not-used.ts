import { environmentOf } from '../src/gitops/environments.ts';
import { isNamespaced } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, items, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'destination-not-used',
  title: 'All objects of an Application go to another namespace than its destination',
  severity: 'warning',
  why: 'The namespace that the objects name wins over that of the destination. CreateNamespace=true makes the destination only, so in a new cluster the sync fails; and what names a namespace of another environment lands there.',
  fix: 'Set destination.namespace to the namespace of the objects, or correct `namespace:` of the kustomization.',

  on: 'state',
  *check({ objects, gaps, manifest }, { application, environment }, { config, here }) {
    const target = application?.namespace ?? '';
    const node = at(manifest, 'spec', 'destination', 'namespace');
    if (application === undefined || target === '' || node === undefined || gaps.length > 0) return;
    const used = new Set(objects.flatMap(({ id }) => (isNamespaced(id.group, id.kind) ? id.namespace : [])));
    const [namespace, ...others] = used;
    if (namespace === undefined || namespace === target || others.length > 0) return;
    const named = { name: namespace, folders: [], file: undefined, namespace: undefined };
    const meant = environmentOf(named, config.environments);
    if (meant !== 'unknown' && environment !== 'unknown' && meant !== environment) {
      const message = `${application.name} goes to ${target}, and all of its objects to ${namespace}, which is ${meant}`;
      yield { message, at: { span: node.span } };
      return;
    }
    const isMade = objects.some(({ id }) => id.kind === 'Namespace' && id.name === namespace);
    const creates = items(at(manifest, 'spec', 'syncPolicy', 'syncOptions')).some(
      option => text(option) === 'CreateNamespace=true',
    );
    if (!creates || isMade || isOfPlatform(namespace) || here.destinations().has(namespace)) return;
    const message = `${application.name} makes the namespace ${target}, and all of its objects go to ${namespace}`;
    yield { message, at: { span: node.span } };
  },
});

/** Namespaces that come with the cluster or with a part of its distribution. */
function isOfPlatform(namespace: string): boolean {
  return namespace === 'default' || /^(?:kube|openshift)-/.test(namespace);
}
