import { selects } from '../src/kubernetes/label-selector.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { podLabels, podTemplate } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, entries, scalar } from '../src/yaml/node.ts';

export default defineRule({
  id: 'selector-misses-pods',
  title: 'A workload whose selector does not match its own pods',
  severity: 'error',
  why: 'The API server refuses it, so the sync of the application fails on this object and with it all that the commit deploys after it.',
  fix: 'Give the template the labels of the selector: the selector of a workload that runs already cannot change.',

  on: 'state',
  alone: true,
  *check({ objects }, { kind }) {
    for (const object of objects) {
      const selector = at(object.root, 'spec', 'selector');
      const labels = podLabels(object);
      if (!isChecked(object) || selector === undefined || selects(selector, labels)) continue;
      // A file that nothing names may be a patch, which says no more than what it changes.
      if (kind === 'manifests' && labels.size === 0) continue;
      yield {
        message: `${idLabel(object.id)} selects pods with ${missed(object, labels) ?? 'other labels'}`,
        at: { object, path: ['spec', 'selector'] },
      };
    }
  },
});

/** Whose selector the API server compares with the template (kubernetes, pkg/apis/apps/validation/validation.go). */
const KINDS = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);

function isChecked(object: KubeObject): boolean {
  const { group, kind } = object.id;
  return group === 'apps' && KINDS.has(kind) && podTemplate(object) !== undefined && labelsAreText(object);
}

/** Labels that YAML reads as numbers are refused for their type. */
function labelsAreText(object: KubeObject): boolean {
  const [selector, template] = [at(object.root, 'spec', 'selector', 'matchLabels'), podTemplate(object)?.node];
  const all = [...entries(selector), ...entries(at(template, 'metadata', 'labels'))];
  return all.every(([, { value }]) => typeof scalar(value) === 'string');
}

/** The first label that the pods do not have, with both values; undefined where an expression excludes them. */
function missed({ root }: KubeObject, labels: ReadonlyMap<string, string>): string | undefined {
  for (const [key, { value }] of entries(at(root, 'spec', 'selector', 'matchLabels'))) {
    const [wanted, has] = [scalar(value), labels.get(key)];
    if (wanted === has) continue;
    return `${key}: ${wanted}, and its template ${has === undefined ? 'has no such label' : `has ${key}: ${has}`}`;
  }
  return undefined;
}
