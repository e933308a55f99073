import type { UnitChange } from '../../change/change.ts';
import { compareUnit } from '../../change/compare.ts';
import type { Unit } from '../../gitops/unit.ts';
import { withoutHash } from '../../kubernetes/affixes.ts';
import { type KubeObject, objectOf } from '../../kubernetes/object.ts';
import type { Rendered } from '../../kustomize/rendered.ts';
import { at, clone, type Node, type Path, type ScalarNode } from '../../yaml/node.ts';
import { isIdentity, type SetField } from './fields.ts';

/**
 * What a commit does that brings these fields to the values they have from others. Names stay: where the content of a
 * generated ConfigMap or Secret is its name's hash, the hash and all that refers to it are others as well.
 */
export function asIfChanged(unit: Unit, after: Rendered, fields: readonly SetField[]): UnitChange {
  const moving = fields.filter(field => !isIdentity(field) && !field.isOverridden);
  const hashed = new Set(moving.flatMap(({ object: { id } }) => (withoutHash(id.name) === id.name ? [] : id.name)));
  const objects = after.objects.map(object => {
    const paths = moving.flatMap(field => (field.object === object ? [field.path] : []));
    return paths.length === 0 && hashed.size === 0 ? object : altered(object, paths, hashed);
  });
  return compareUnit(unit, { ...after, objects }, after);
}

function altered(object: KubeObject, paths: readonly Path[], hashed: ReadonlySet<string>): KubeObject {
  const root = clone(object.root);
  rename(root, hashed);
  for (const path of paths) {
    const node = at(root, ...path);
    if (node !== undefined) replace(root, path, otherValue(node));
  }
  const name = objectOf(root)?.id.name ?? object.id.name;
  return { id: { ...object.id, name }, root };
}

function rename(node: Node, hashed: ReadonlySet<string>): void {
  if (node.kind === 'scalar') return;
  const children: [string | number, Node][] =
    node.kind === 'seq' ? [...node.items.entries()] : [...node.entries].map(([key, { value }]) => [key, value]);
  for (const [step, child] of children) {
    if (child.kind !== 'scalar') rename(child, hashed);
    else if (typeof child.value === 'string' && hashed.has(child.value)) {
      replace(node, [step], { ...child, value: otherHash(child.value) });
    }
  }
}

function otherHash(name: string): string {
  const other = `${withoutHash(name)}-2222222222`;
  return other === name ? `${withoutHash(name)}-4444444444` : other;
}

function replace(node: Node, path: Path, by: ScalarNode): void {
  const parent = at(node, ...path.slice(0, -1));
  const step = path.at(-1);
  if (parent?.kind === 'seq' && typeof step === 'number') parent.items[step] = by;
  const entry = parent?.kind === 'map' && typeof step === 'string' ? parent.entries.get(step) : undefined;
  if (parent?.kind === 'map' && entry !== undefined) parent.entries.set(String(step), { key: entry.key, value: by });
}

/** Of the same type, and not this one. It only has to differ, and nothing shows it. */
function otherValue(node: Node): ScalarNode {
  const value = node.kind === 'scalar' ? node.value : null;
  const { span } = node;
  if (typeof value === 'number') return { kind: 'scalar', value: value + 1, span };
  if (typeof value === 'boolean') return { kind: 'scalar', value: !value, span };
  return { kind: 'scalar', value: `${value ?? ''}-before`, span };
}
