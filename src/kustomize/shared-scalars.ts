import type { MapNode, Node, ScalarNode } from '../yaml/node.ts';
import { type Budget, valuesIn } from './budget.ts';
import { setField } from './resource.ts';

/** A scalar for places that are one node to kustomize until an object is read anew: see `carryOver`. */
export function asShared(scalar: ScalarNode): ScalarNode {
  return { ...scalar, shared: {} };
}

/** Whether what is set here is set elsewhere in the object too. */
export function isShared(node: Node | undefined): node is ScalarNode & { readonly shared: object } {
  return node?.kind === 'scalar' && node.shared !== undefined;
}

/** The same scalar for a place that is a node of its own. */
export function asOwn({ kind, value, span, before }: ScalarNode): ScalarNode {
  return before === undefined ? { kind, value, span } : { kind, value, span, before };
}

interface Place {
  readonly map: MapNode;
  readonly key: string;
  readonly node: ScalarNode;
}

/**
 * A label that one transformer adds to an object in several places is one node to kustomize: whatever sets it in one
 * of them later sets it in all, selectors included (kyaml's FieldSetter writes into the node that stands there).
 *
 * @param replaced What stood in the places of an object that were set, where it was shared.
 */
export function carryOver(root: MapNode, replaced: readonly ScalarNode[], budget: Budget): void {
  const [first] = replaced;
  if (first === undefined) return;
  budget.spend(valuesIn(root), first.span);
  const places = new Map<ScalarNode['shared'], Place[]>(replaced.map(({ shared }) => [shared, []]));
  collect(root, places);
  for (const old of replaced) {
    const same = places.get(old.shared) ?? [];
    const set = same.findLast(({ node }) => node.span !== old.span || node.value !== old.value)?.node;
    places.delete(old.shared);
    if (set === undefined) continue;
    const { kind, value, span } = set;
    for (const { map, key, node } of same) if (node !== set) setField(map, key, { kind, value, span });
  }
}

function collect(node: Node, places: ReadonlyMap<ScalarNode['shared'], Place[]>): void {
  if (node.kind === 'seq') for (const item of node.items) collect(item, places);
  if (node.kind !== 'map') return;
  for (const [key, { value }] of node.entries) {
    if (value.kind !== 'scalar') collect(value, places);
    else if (value.shared !== undefined) places.get(value.shared)?.push({ map: node, key, node: value });
  }
}
