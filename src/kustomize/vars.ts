import { groupOf } from '../kubernetes/object.ts';
import { at, type Node, type ScalarNode, type Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import type { Budget } from './budget.ts';
import { type FieldSpec, splitPath, visitField } from './field-spec.ts';
import {
  allIdentities,
  apiVersionOf,
  inPlaceOf,
  NO_NAMESPACE,
  type Resource,
  scalarNode,
  scalarText,
  setField,
  textAt,
} from './resource.ts';
import { carryOver, isShared } from './shared-scalars.ts';

/** An entry of `vars`: a name for the value of a field. */
export interface Var {
  readonly name: string;
  readonly path: readonly string[];
  /** The object with the field, found when the kustomization that has the entry is done. */
  readonly resource: Resource | undefined;
  readonly span: Span;
}

/** The vars of a kustomization, bound to the objects of its build. */
export function bindVars(entries: readonly Node[], resources: readonly Resource[], problems: Problem[]): Var[] {
  return entries.map(entry => {
    const objref = at(entry, 'objref');
    const matches = objref === undefined ? [] : resources.filter(resource => isMeant(resource, objref));
    const name = textAt(entry, 'name');
    if (matches.length > 1) {
      const message = `the var ${name} can mean ${matches.length} objects`;
      problems.push({ code: 'kustomization-refused', message, span: entry.span });
    }
    const path = splitPath(textAt(entry, 'fieldref', 'fieldPath') || 'metadata.name', '.').flatMap(stepsOf);
    return { name, path, resource: matches[0], span: entry.span };
  });
}

/** Takes vars in; a name that is taken is a problem, even where both mean the same. */
export function addVars({ vars, problems }: Accumulation, added: readonly Var[]): void {
  const names = new Set(vars.map(({ name }) => name));
  for (const one of added) {
    const message = `the var ${one.name} is there already`;
    if (names.has(one.name)) problems.push({ code: 'kustomization-refused', message, span: one.span });
    names.add(one.name);
    vars.push(one);
  }
}

function isMeant(resource: Resource, objref: Node): boolean {
  const apiVersion = apiVersionOf(resource);
  const wantedVersion = textAt(objref, 'apiVersion');
  const wanted = {
    kind: textAt(objref, 'kind'),
    name: textAt(objref, 'name'),
    namespace: textAt(objref, 'namespace'),
  };
  const sameType =
    wantedVersion !== ''
      ? apiVersion === wantedVersion
      : groupOf(apiVersion) === textAt(objref, 'group') && apiVersion.endsWith(textAt(objref, 'version'));
  return (
    sameType &&
    allIdentities(resource).some(
      ({ kind, name, namespace }) =>
        kind === wanted.kind &&
        name === wanted.name &&
        (wanted.namespace === '' || namespace === NO_NAMESPACE || namespace === wanted.namespace),
    )
  );
}

/** Replaces `$(NAME)` by the var's value wherever the specifications allow it. Done last, when names are final. */
export function resolveVars(
  resources: readonly Resource[],
  vars: readonly Var[],
  specs: readonly FieldSpec[],
  incomplete: boolean,
  problems: Problem[],
  budget: Budget,
): void {
  if (vars.length === 0) return;
  const values = new Map<string, Node>();
  for (const { name, path, resource, span } of vars) {
    const value = resource === undefined ? undefined : at(resource.root, ...path.map(asStep));
    if (value?.kind === 'scalar') values.set(name, value);
    else if (!incomplete) {
      const message = `the var ${name} has no value: ${resource === undefined ? 'no such object' : `it has no ${path.join('.')}`}`;
      problems.push({ code: 'kustomization-refused', message, span });
    }
  }
  const expansion: Expansion = { values, budget, replaced: [] };
  const expand = (node: Node): Node => expandNode(node, expansion);
  for (const { root } of resources) {
    for (const spec of specs) visitField(root, spec, { set: expand, make: undefined, span: root.span }, problems);
    carryOver(root, expansion.replaced.splice(0), budget);
  }
}

/** `containers[0]` is two steps. */
function stepsOf(step: string): string[] {
  const [, field, index] = /^([^[\]]*)\[(\d+)\]$/.exec(step) ?? [];
  return field === undefined || index === undefined ? [step] : [field, index];
}

function asStep(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step;
}

interface Expansion {
  readonly values: ReadonlyMap<string, Node>;
  readonly budget: Budget;
  /** What was expanded and stands in other places of the object too. */
  readonly replaced: ScalarNode[];
}

function expandNode(node: Node, expansion: Expansion): Node {
  const { values, budget, replaced } = expansion;
  if (node.kind === 'seq') {
    node.items.forEach((item, i) => {
      if (item.kind === 'scalar') node.items[i] = inPlaceOf(item, expandNode(item, expansion));
    });
    return node;
  }
  if (node.kind === 'map') {
    for (const [key, entry] of [...node.entries]) {
      if (entry.value.kind !== 'scalar') continue;
      if (isShared(entry.value)) replaced.push(entry.value);
      setField(node, key, expandNode(entry.value, expansion));
    }
    return node;
  }
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
  const whole = /^\$\(([^)]*)\)$/.exec(node.value);
  const direct = whole === null ? undefined : values.get(whole[1] ?? '');
  if (direct !== undefined) return direct;
  const { span } = node;
  const text = node.value.replace(/\$\$|\$\(([^)]*)\)/g, (match, name: string | undefined) => {
    if (name === undefined) return '$';
    const value = values.get(name);
    if (value === undefined) return match;
    budget.spendText(scalarText(value).length, 1, span);
    return scalarText(value);
  });
  return text === node.value ? node : scalarNode(text, node.span);
}
