import { clone, type Node, number, type ScalarNode, type Span, text } from '../yaml/node.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { type Create, PathMissing, type Slot } from './replacement-path.ts';
import { scalarNode, scalarText } from './resource.ts';

/** What a replacement copies. */
export interface Value {
  readonly node: Node;
  /** Whether it is the text of `sourceValue`, which has no type of its own. */
  readonly isFixed: boolean;
}

/** Puts a value into a place, or the part of it that `options` choose. Throws `PathMissing`. */
export function write(slot: Slot, value: Value, options: Node | undefined, create: Create | undefined): void {
  const delimiter = text(options, 'delimiter') ?? '';
  if (delimiter === '') {
    if (!isOfType(slot.node, value, create)) throw new WrongType();
    putInto(slot, value, create);
    return;
  }
  if (slot.node.kind !== 'scalar') throw new PathMissing('options.delimiter needs a plain value');
  const parts = scalarText(slot.node).split(delimiter);
  const index = number(options, 'index') ?? 0;
  const part = scalarText(value.node);
  if (index < 0) parts.unshift(part);
  else if (index >= parts.length) parts.push(part);
  else parts[index] = part;
  const put = retyped(slot.node, parts.join(delimiter), value.node.span, create);
  if (put === undefined) throw new WrongType();
  slot.set(put);
}

/** Kustomize finds it only where it writes the object. */
export class WrongType extends PathMissing {
  constructor() {
    super('it holds a number, a boolean or null, and the value is none');
  }
}

/** Whether what stands there takes the value: a number, a boolean and null refuse what is none. */
export function isOfType(node: Node, value: Value, create: Create | undefined): boolean {
  return node.kind !== 'scalar' || retyped(node, scalarText(value.node), value.node.span, create) !== undefined;
}

/** Puts a value where `isOfType`: a plain value gets the text of what is plain too, and nothing of a collection. */
export function putInto(slot: Slot, value: Value, create: Create | undefined): void {
  const { node, isFixed } = value;
  const written = scalarText(node);
  if (slot.node.kind === 'scalar') slot.set(retyped(slot.node, written, node.span, create) ?? node);
  else slot.set(isFixed ? scalarNode(resolvePlain(written, 'kustomize') ?? null, node.span) : clone(node));
}

/** Puts a value into YAML that keeps its styles; false where its own style would count. */
export function putText(slot: Slot, { node, isFixed }: Value): boolean {
  slot.set(scalarNode(scalarText(node), node.span));
  return isFixed || slot.node.kind === 'scalar';
}

/** A text in the place of a plain value, which keeps its type; undefined where the text is not of that type. */
function retyped(old: ScalarNode, written: string, span: Span, create: Create | undefined): ScalarNode | undefined {
  if (typeof old.value === 'string') return scalarNode(written, span);
  const value = resolvePlain(written, 'kustomize');
  const isNew = create !== undefined && old.span === create.span;
  return value !== undefined && (isNew || takes(typeOf(scalarText(old)), typeOf(written)))
    ? scalarNode(value, span)
    : undefined;
}

function takes(old: ScalarType, type: ScalarType): boolean {
  return old === type || (old === 'float' && type === 'int');
}

type ScalarType = 'null' | 'bool' | 'str' | 'int' | 'float';

/** What go-yaml takes an untagged plain text for. */
export function typeOf(written: string): ScalarType {
  const value = resolvePlain(written, 'kustomize');
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  return /^[-+]?(?:0[xXoObB])?[\da-fA-F_]+$/.test(written) ? 'int' : 'float';
}
