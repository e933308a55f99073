import { hasHash, withoutHash } from '../src/kubernetes/affixes.ts';
import { consumed } from '../src/kubernetes/consumed.ts';
import { hasText, mentions } from '../src/kubernetes/named-objects.ts';
import type { KubeObject } from '../src/kubernetes/object.ts';
import { sameNamespace } from '../src/kubernetes/scope.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, entries, items, type Node, scalar, text } from '../src/yaml/node.ts';

export default defineRule({
  id: 'config-nobody-reads',
  title: 'A ConfigMap that nothing in its unit names',
  severity: 'info',
  why: 'What is written there reaches no pod, so a change of it looks deployed and does nothing.',
  fix: 'Mount it or refer to it in the environment where it is meant to be read, or delete it.',

  on: 'state',
  *check({ objects, gaps }) {
    if (gaps.length > 0 || objects.some(readsByApi)) return;
    for (const config of objects) {
      if (config.id.group !== '' || config.id.kind !== 'ConfigMap' || isFound(config, objects)) continue;
      const peers = objects.filter(other => other !== config && sameNamespace(other, config));
      if (!peers.some(other => consumed(other).length > 0)) continue;
      if (objects.some(other => other !== config && mentions(other.root, config.id.name))) continue;
      const isGenerated = hasHash(config.id.name);
      if (isGenerated && isCopied(config, objects)) continue;
      yield {
        message: `${config.id.kind} ${withoutHash(config.id.name)} is read by no pod of its unit, and nothing else there names it`,
        at: { object: config, path: ['metadata', 'name'] },
        severity: isGenerated ? 'warning' : 'info',
      };
    }
  },
});

/** What vars and replacements of kustomize take from a generated ConfigMap stands in other objects afterwards. */
function isCopied({ root }: KubeObject, objects: readonly KubeObject[]): boolean {
  const values = [...entries(at(root, 'data'))].map(([, { value }]) => text(value) ?? '').filter(value => value !== '');
  const isTaken = (written: string) => values.some(value => written.includes(value));
  return objects.some(({ id, root: other }) => id.kind !== 'ConfigMap' && hasText(other, isTaken));
}

/** Something in the unit may read ConfigMaps from the API server, which no reference tells. */
function readsByApi({ id, root }: KubeObject): boolean {
  if (id.kind !== 'Role' && id.kind !== 'ClusterRole') return false;
  const resources = items(at(root, 'rules')).flatMap(rule => items(at(rule, 'resources')));
  return resources.some(resource => ['configmaps', '*'].includes(String(scalar(resource))));
}

/**
 * Labels that nothing but ConfigMaps has, such as `grafana_dashboard`, are how controllers find what they read. Those
 * that other objects of the unit have as well say whose they all are.
 */
function isFound({ root }: KubeObject, objects: readonly KubeObject[]): boolean {
  const shared = new Set(objects.flatMap(other => (other.id.kind === 'ConfigMap' ? [] : labelsOf(other.root))));
  return labelsOf(root).some(
    key =>
      !shared.has(key) &&
      !/^(?:app|name|component|tier|environment|env|team|version)$|^app\.kubernetes\.io\//.test(key),
  );
}

function labelsOf(root: Node): string[] {
  return [...entries(at(root, 'metadata', 'labels'))].map(([key]) => key);
}
