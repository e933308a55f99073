import type { ScalarNode } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { type FieldSpec, visitField } from './field-spec.ts';
import {
  apiVersionOf,
  isSelected,
  originalIdentity,
  type Resource,
  rememberIdentity,
  scalarNode,
  scalarText,
} from './resource.ts';

/** Kinds whose name is part of what they mean, so that neither prefix nor suffix touches it. */
const KEEP_NAME = [
  { kind: 'CustomResourceDefinition' },
  { kind: 'APIService', group: 'apiregistration.k8s.io' },
  { kind: 'Namespace' },
];

/** `namePrefix` and `nameSuffix`: the names get the span of the affix, which is what a reader would change. */
export function addAffix(
  resources: readonly Resource[],
  affix: ScalarNode,
  side: 'prefix' | 'suffix',
  specs: readonly FieldSpec[],
  problems: Problem[],
): void {
  const text = scalarText(affix);
  if (text === '') return;
  for (const resource of resources) {
    const apiVersion = apiVersionOf(resource);
    const { kind } = originalIdentity(resource);
    if (KEEP_NAME.some(kept => isSelected(apiVersion, kind, kept))) continue;
    for (const spec of specs) {
      if (!isSelected(apiVersion, kind, spec)) continue;
      if (spec.path.join('/') === 'metadata/name') {
        (side === 'prefix' ? resource.prefixes : resource.suffixes).push(text);
        rememberIdentity(resource);
      }
      const set = (node: ScalarNode) => {
        const name = scalarText(node);
        return scalarNode(side === 'prefix' ? text + name : name + text, affix.span);
      };
      visitField(
        resource.root,
        spec,
        { set: node => (node.kind === 'scalar' ? set(node) : node), make: 'scalar', span: affix.span },
        problems,
      );
    }
  }
}
