import type { KubeObject } from '../kubernetes/object.ts';
import { historyOf, type ScalarNode } from '../yaml/node.ts';
import { writeYaml } from '../yaml/write.ts';
import { escapeText } from './escape.ts';
import { placeOf } from './place.ts';

/**
 * Objects as `kubectl kustomize` prints them. With origins each value is followed by the place that set it, and by those
 * that had set it before: `# prod/patch.yaml:6:13 < base/app.yaml:6:13`. Values of Secrets are printed like any other.
 */
export function manifests(objects: readonly KubeObject[], { origins }: { readonly origins: boolean }): string {
  const remark = origins ? originRemark : undefined;
  return objects.map(({ root }) => writeYaml(root, remark)).join('---\n');
}

/** The places of a value, the newest first; one that repeats the place before it says nothing new. */
function originRemark(node: ScalarNode): string {
  const places = historyOf(node).map(({ span }) => placeOf(span));
  return escapeText(places.filter((place, i) => place !== places[i - 1]).join(' < '));
}
