import { goPattern, PatternError } from '../kubernetes/go-pattern.ts';
import { groupOf } from '../kubernetes/object.ts';
import { at, entries, type MapNode, type Node, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { type LabelSelector, matchesLabels, parseLabelSelector } from './label-selector.ts';
import {
  apiVersionOf,
  type Identity,
  identityOf,
  kindOf,
  nameOf,
  namespaceOf,
  originalIdentity,
  type Resource,
  scalarText,
} from './resource.ts';

type Pattern = (value: string) => boolean;

/** The target of a patch or a replacement. Each part that is left out matches everything. */
export interface Selector {
  readonly group: Pattern | undefined;
  readonly version: Pattern | undefined;
  readonly kind: Pattern | undefined;
  readonly name: Pattern | undefined;
  readonly namespace: Pattern | undefined;
  readonly labels: LabelSelector | undefined;
  readonly annotations: LabelSelector | undefined;
}

/** Reads a selector; undefined, with a problem, where one of its expressions is none. */
export function readSelector(node: Node, problems: Problem[]): Selector | undefined {
  const state = { failed: false };
  const fail = (field: string, reason: string) => {
    state.failed = true;
    const message = `${field} of the target is not understood: ${reason}`;
    problems.push({ code: 'kustomization-refused', message, span: at(node, field)?.span ?? node.span });
  };
  const pattern = (field: string): Pattern | undefined => {
    const expression = text(node, field);
    if (expression === undefined || expression === '') return undefined;
    try {
      return goPattern(`^(?:${expression})$`);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      fail(field, error.message);
      return undefined;
    }
  };
  const labels = (field: string): LabelSelector | undefined => {
    const expression = text(node, field);
    if (expression === undefined || expression.trim() === '') return undefined;
    const parsed = parseLabelSelector(expression);
    if (parsed === undefined) fail(field, `${expression} is no selector`);
    return parsed;
  };
  const selector: Selector = {
    group: pattern('group'),
    version: pattern('version'),
    kind: pattern('kind'),
    name: pattern('name'),
    namespace: pattern('namespace'),
    labels: labels('labelSelector'),
    annotations: labels('annotationSelector'),
  };
  return state.failed ? undefined : selector;
}

function matches(pattern: Pattern | undefined, value: string): boolean {
  return pattern === undefined || pattern(value);
}

/** As patches select: by the first or the last name and namespace, and by the kind as it is now. */
export function selects(selector: Selector, resource: Resource): boolean {
  const { namespace, name } = selector;
  if (name !== undefined && !name(nameOf(resource)) && !name(originalIdentity(resource).name)) return false;
  if (!matchesType(selector, apiVersionOf(resource), kindOf(resource))) return false;
  if (
    namespace !== undefined &&
    !namespace(originalIdentity(resource).namespace) &&
    !namespace(identityOf(resource).namespace)
  )
    return false;
  return matchesMetadata(selector, resource);
}

/** As replacements select: one of the object's identities must match in all parts. */
export function selectsAnyIdentity(selector: Selector, resource: Resource): boolean {
  const apiVersion = apiVersionOf(resource);
  const isMatch = ({ kind, name, namespace }: Identity) =>
    matchesType(selector, apiVersion, kind) && matches(selector.name, name) && matches(selector.namespace, namespace);
  // Only names of before know what namespace an object without one is in.
  const now = { kind: kindOf(resource), name: nameOf(resource), namespace: namespaceOf(resource) };
  return isMatch(now) || resource.previous.some(isMatch);
}

export function matchesMetadata(selector: Selector, resource: Resource): boolean {
  if (selector.labels !== undefined && !matchesLabels(selector.labels, valuesOf(resource.root, 'labels'))) return false;
  return (
    selector.annotations === undefined || matchesLabels(selector.annotations, valuesOf(resource.root, 'annotations'))
  );
}

function matchesType(selector: Selector, apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion);
  const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1);
  return matches(selector.group, group) && matches(selector.version, version) && matches(selector.kind, kind);
}

function valuesOf(root: MapNode, field: 'labels' | 'annotations'): Map<string, string> {
  const values = new Map<string, string>();
  for (const [key, entry] of entries(at(root, 'metadata', field))) values.set(key, scalarText(entry.value));
  return values;
}
