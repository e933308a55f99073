import { at, type Node, type ScalarNode, scalar } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { type FieldSpec, mergeSpecs, visitFields } from './field-spec.ts';
import { METADATA_LABELS } from './field-spec-tables.ts';
import { type Resource, setField } from './resource.ts';
import { asShared, carryOver, isShared } from './shared-scalars.ts';
import { readSpecs, type TransformerConfig } from './transformer-config.ts';

/** Writes the pairs (labels or annotations) at every place of the specifications. */
export function addPairs(
  resources: readonly Resource[],
  pairs: Node | undefined,
  specs: readonly FieldSpec[],
  problems: Problem[],
  budget: Budget,
): void {
  if (pairs?.kind !== 'map' || pairs.entries.size === 0) return;
  const added = [...pairs.entries].map(([key, { key: span, value }]) => {
    return { key, span, value, common: value.kind === 'scalar' ? asShared(value) : value };
  });
  const replaced: ScalarNode[] = [];
  const set = (node: Node) => {
    if (node.kind !== 'map') return refuse(node, problems);
    for (const { key, span, value, common } of added) {
      const old = node.entries.get(key)?.value;
      if (old === common) continue;
      if (isShared(old)) replaced.push(old);
      setField(node, key, old === undefined ? common : value, span);
    }
    return node;
  };
  for (const { root } of resources) {
    visitFields(root, specs, { set, make: 'map', span: pairs.span }, problems);
    carryOver(root, replaced.splice(0), budget);
  }
}

function refuse(node: Node, problems: Problem[]): Node {
  const message = 'labels and annotations cannot be added here: this is not a mapping';
  problems.push({ code: 'kustomization-refused', message, span: node.span });
  return node;
}

/** The places of one entry of `labels`, by its options. */
export function labelSpecs(entry: Node, config: TransformerConfig, problems: Problem[]): readonly FieldSpec[] {
  const conflict = (spec: FieldSpec) => {
    const message = `fields disagrees with kustomize on whether ${spec.path.join('/')} is to be created`;
    problems.push({ code: 'kustomization-refused', message, span: entry.span });
  };
  const { labels, commonLabels, templateLabels } = config.specs;
  const own = mergeSpecs(readSpecs(at(entry, 'fields')), labels, conflict);
  if (scalar(entry, 'includeSelectors') === true) return mergeSpecs(own, commonLabels, conflict);
  let specs = own;
  if (scalar(entry, 'includeTemplates') === true) specs = mergeSpecs(specs, templateLabels, conflict);
  return mergeSpecs(specs, [METADATA_LABELS], conflict);
}
