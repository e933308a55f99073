import type { KubeObject } from '../kubernetes/object.ts';
import { podTemplate } from '../kubernetes/workload.ts';
import { at, type Path, scalar } from '../yaml/node.ts';
import { calledAt, nameBesideValue } from './called.ts';
import type { FieldChange, ObjectChange } from './change.ts';
import type { Statement } from './statement.ts';

export type Modified = Extract<ObjectChange, { kind: 'modified' }>;

/** One side of what can change in an object: its images, its environment, its rights. */
export interface Aspect {
  /** Whether the aspect has the words for the field. */
  claims(field: FieldChange, change: Modified): boolean;
  /** What the claimed fields come to; nothing where they say nothing, and the next aspect is asked. */
  state(fields: readonly FieldChange[], change: Modified): Statement[];
}

/** The side of the object on which the field's path can be followed. */
export function sideOf(field: FieldChange, change: Modified): KubeObject {
  return field.after === undefined ? change.before : change.after;
}

/** The name beside a field that is called `value`. */
export function nameBeside(field: FieldChange, change: Modified): string | undefined {
  return nameBesideValue(sideOf(field, change).root, field.path);
}

/** What a field is called, which may say that its value is a credential. */
export function calledBy(field: FieldChange, change: Modified): string {
  return calledAt(sideOf(field, change).root, field.path);
}

/** A field's place in the template of pods: the container that has it, if one does, and the path from there. */
export interface TemplateField {
  readonly container: string | undefined;
  readonly init: boolean;
  readonly rest: Path;
}

/** Undefined for a field outside of any pod template. */
export function templateField(field: FieldChange, change: Modified): TemplateField | undefined {
  const object = sideOf(field, change);
  const template = podTemplate(object);
  if (template === undefined || !startsWith(field.path, template.path)) return undefined;
  const rest = field.path.slice(template.path.length);
  const [spec, list, index] = rest;
  const isContainer = spec === 'spec' && (list === 'containers' || list === 'initContainers') && rest.length > 2;
  if (!isContainer) return { container: undefined, init: false, rest };
  const name = scalar(at(object.root, ...template.path), 'spec', list, index ?? 0, 'name');
  return { container: String(name ?? ''), init: list === 'initContainers', rest: rest.slice(3) };
}

export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((step, index) => path[index] === step);
}

/** A path as people write it: `spec.ports[0].port`. */
export function dotted(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${keyText(step)}`))
    .join('');
}

/** A key within a path: in quotes where it would read as several. */
export function keyText(key: string): string {
  return /[.\s]/.test(key) ? `"${key}"` : key;
}
