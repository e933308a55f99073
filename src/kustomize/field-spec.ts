import type { MapNode, Node, Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import {
  apiVersionOf,
  emptyMap,
  type GroupVersionKind,
  inPlaceOf,
  isNull,
  isSelected,
  kindOf,
  scalarNode,
  setField,
} from './resource.ts';

/** Where a transformer writes: a path in objects of some kinds. */
export interface FieldSpec extends GroupVersionKind {
  readonly path: readonly string[];
  /** Whether missing fields on the way are made. */
  readonly create: boolean;
}

/** `metadata/annotations/example.com\/name` as its steps. */
export function splitPath(path: string, delimiter = '/'): string[] {
  const parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === '') parts.shift();
  if (!path.includes('\\')) return parts;
  const steps: string[] = [];
  for (const part of parts) {
    const last = steps.at(-1);
    if (last?.endsWith('\\')) steps[steps.length - 1] = last.slice(0, -1) + delimiter + part;
    else steps.push(part);
  }
  return steps;
}

/** What a transformer does at each place that a field specification leads to. */
export interface Visit {
  /** The node for the place; the same node where it was changed in place or not at all. */
  readonly set: (node: Node) => Node;
  /** What a missing last field starts as; undefined for transformers that never make fields. */
  readonly make: 'map' | 'scalar' | undefined;
  /** Where what is made comes from. */
  readonly span: Span;
}

/**
 * Visits every place of the object that the specification names: sequences on the way are walked through. A place where
 * the way is blocked by a plain value is a problem, as it is for kustomize.
 */
export function visitField(root: MapNode, spec: FieldSpec, visit: Visit, problems: Problem[]): void {
  if (!isSelected(apiVersionOf({ root }), kindOf({ root }), spec)) return;
  visitPlaces(root, spec, visit, problems);
}

/** The same for every specification of a list. */
export function visitFields(root: MapNode, specs: readonly FieldSpec[], visit: Visit, problems: Problem[]): void {
  for (const spec of specsFor(specs, apiVersionOf({ root }), kindOf({ root }))) {
    visitPlaces(root, spec, visit, problems);
  }
}

/** Nearly all builds have the same lists, and objects of the same few types. */
const SELECTED = new WeakMap<readonly FieldSpec[], Map<string, Map<string, readonly FieldSpec[]>>>();

/** The specifications of a list that select objects of a type. */
function specsFor(specs: readonly FieldSpec[], apiVersion: string, kind: string): readonly FieldSpec[] {
  const known = SELECTED.get(specs)?.get(apiVersion)?.get(kind);
  if (known !== undefined) return known;
  const byApiVersion = SELECTED.get(specs) ?? new Map<string, Map<string, readonly FieldSpec[]>>();
  const byKind = byApiVersion.get(apiVersion) ?? new Map<string, readonly FieldSpec[]>();
  const selected = specs.filter(spec => isSelected(apiVersion, kind, spec));
  SELECTED.set(specs, byApiVersion.set(apiVersion, byKind.set(kind, selected)));
  return selected;
}

/** Visits the places of an object that is known to be selected. */
export function visitPlaces(root: MapNode, spec: FieldSpec, visit: Visit, problems: Problem[]): void {
  walk(root, 0, { spec, visit, problems });
}

interface Walk {
  readonly spec: FieldSpec;
  readonly visit: Visit;
  readonly problems: Problem[];
}

function walk(node: Node, depth: number, state: Walk): Node {
  const { spec, visit, problems } = state;
  if (depth === spec.path.length) return visit.set(node);
  if (isNull(node)) return node;
  if (node.kind === 'seq') {
    node.items.forEach((item, i) => {
      node.items[i] = inPlaceOf(item, walk(item, depth, state));
    });
  } else if (node.kind === 'map') walkMap(node, depth, state);
  else {
    const message = `${spec.path.join('.')} cannot be reached: a plain value stands in the way`;
    problems.push({ code: 'kustomization-refused', message, span: node.span });
  }
  return node;
}

const CLOSING_BRACKET = 0x5d;

function walkMap(node: MapNode, depth: number, state: Walk): void {
  const { spec, visit } = state;
  const step = spec.path[depth] ?? '';
  if (step === '*') {
    const message = `the path ${spec.path.join('/')} has a *, which kustomize does not follow in configurations`;
    state.problems.push({ code: 'kustomization-refused', message, span: node.span });
    return;
  }
  const isSequence = step.charCodeAt(step.length - 1) === CLOSING_BRACKET;
  const key = isSequence ? step.slice(0, -2) : step;
  const entry = node.entries.get(key);
  const makes = spec.create && visit.make !== undefined && !isSequence;
  if (entry === undefined && !makes) return;
  const isLast = depth + 1 === spec.path.length;
  let field = entry?.value;
  if (field === undefined || (isNull(field) && (makes || isSequence))) {
    if (isSequence) field = { kind: 'seq', items: [], span: field?.span ?? visit.span };
    else field = isLast && visit.make === 'scalar' ? scalarNode('', visit.span) : emptyMap(visit.span);
  }
  const value = walk(field, depth + 1, state);
  if (value !== entry?.value) setField(node, key, value, visit.span);
}

/** The two lists as one; a specification that another covers is left out. Differing `create` is a problem. */
export function mergeSpecs(
  base: readonly FieldSpec[],
  added: readonly FieldSpec[],
  conflict: (spec: FieldSpec) => void,
): readonly FieldSpec[] {
  if (added === base || added.length === 0) return base;
  const merged = [...base];
  for (const spec of added) {
    const same = merged.find(other => covers(spec, other));
    if (same === undefined) merged.push(spec);
    else if (same.create !== spec.create) conflict(spec);
  }
  return merged;
}

/** Whether kustomize takes the two for the same: the other selects at least as much, at the same path. */
function covers(spec: FieldSpec, other: FieldSpec): boolean {
  if (spec.group && spec.group !== other.group) return false;
  if (spec.version && spec.version !== other.version) return false;
  if (spec.kind && spec.kind !== other.kind) return false;
  return spec.path.length === other.path.length && spec.path.every((step, i) => step === other.path[i]);
}
