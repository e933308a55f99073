import { at, items, type MapNode, type Node, type ScalarNode, type Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { isClusterScoped } from './cluster-scoped.ts';
import { type FieldSpec, visitPlaces } from './field-spec.ts';
import {
  apiVersionOf,
  isNull,
  isSelected,
  keyOf,
  kindOf,
  label,
  mapField,
  type Resource,
  rememberIdentity,
  scalarNode,
  scalarText,
  setField,
} from './resource.ts';

/** How the subjects of role bindings are treated; `defaultOnly` unless a NamespaceTransformer says otherwise. */
export type Subjects = 'defaultOnly' | 'allServiceAccounts' | 'none';

export interface NamespaceOptions {
  readonly specs: readonly FieldSpec[];
  readonly subjects: Subjects;
  /** Leave namespaces that are set. */
  readonly unsetOnly: boolean;
}

/** `namespace`: of every object that can have one, the names of Namespaces, and the subjects of role bindings. */
export function setNamespace(
  resources: readonly Resource[],
  namespace: ScalarNode,
  options: NamespaceOptions,
  problems: Problem[],
): void {
  if (scalarText(namespace) === '') return;
  const set = (node: Node) =>
    options.unsetOnly && scalarText(node) !== '' ? node : scalarNode(namespace.value, namespace.span);
  const specs = options.specs.filter(spec => !isPath(spec, 'metadata/namespace'));
  for (const resource of resources) {
    rememberIdentity(resource);
    if (!isClusterScoped(apiVersionOf(resource), kindOf(resource))) {
      setNamespaceField(mapField(resource.root, 'metadata', namespace.span), set, namespace.span);
    }
    const isBinding = /^(?:Cluster)?RoleBinding$/.test(kindOf(resource));
    if (isBinding) setSubjects(resource.root, set, options.subjects, namespace.span);
    for (const spec of specs) {
      if (!isSelected(apiVersionOf(resource), kindOf(resource), spec)) continue;
      if (isBinding && isPath(spec, 'subjects/namespace')) continue;
      // Only the core Namespace has its name changed, not a kind of the same name elsewhere.
      if (apiVersionOf(resource) !== 'v1' && isPath(spec, 'metadata/name')) continue;
      visitPlaces(resource.root, spec, { set, make: 'scalar', span: namespace.span }, problems);
    }
  }
  reportConflicts(resources, namespace, problems);
}

function isPath({ path }: FieldSpec, text: string): boolean {
  return path.join('/') === text;
}

function setNamespaceField(map: MapNode | undefined, set: (node: Node) => Node, span: Span): void {
  if (map === undefined) return;
  const current = map.entries.get('namespace')?.value;
  setField(map, 'namespace', set(current === undefined || isNull(current) ? scalarNode('', span) : current), span);
}

function setSubjects(root: MapNode, set: (node: Node) => Node, subjects: Subjects, span: Span): void {
  if (subjects === 'none') return;
  const [field, value] = subjects === 'allServiceAccounts' ? ['kind', 'ServiceAccount'] : ['name', 'default'];
  for (const subject of items(at(root, 'subjects'))) {
    if (subject.kind === 'map' && scalarText(subject.entries.get(field)?.value) === value) {
      setNamespaceField(subject, set, span);
    }
  }
}

function reportConflicts(resources: readonly Resource[], namespace: ScalarNode, problems: Problem[]): void {
  const seen = new Set<string>();
  for (const resource of resources) {
    const key = keyOf(resource);
    if (seen.has(key)) {
      const message = `the namespace ${scalarText(namespace)} gives two objects the same identity: ${label(resource)}`;
      problems.push({ code: 'kustomization-refused', message, span: namespace.span });
    }
    seen.add(key);
  }
}
