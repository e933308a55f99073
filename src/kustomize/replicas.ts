import { at, type Node } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { type FieldSpec, visitField } from './field-spec.ts';
import { allIdentities, apiVersionOf, isSelected, type Resource, scalarNode, textAt } from './resource.ts';

/** One entry of `replicas`. Tells whether an object of that name was found under any of its names. */
export function setReplicas(
  resources: readonly Resource[],
  entry: Node,
  specs: readonly FieldSpec[],
  problems: Problem[],
): boolean {
  const name = textAt(entry, 'name');
  const count = at(entry, 'count') ?? scalarNode(0, entry.span);
  let found = false;
  for (const resource of resources) {
    const apiVersion = apiVersionOf(resource);
    const kinds = allIdentities(resource).filter(identity => identity.name === name);
    for (const spec of specs) {
      if (!kinds.some(({ kind }) => isSelected(apiVersion, kind, spec))) continue;
      found = true;
      visitField(resource.root, spec, { set: () => count, make: 'scalar', span: count.span }, problems);
    }
  }
  return found;
}
