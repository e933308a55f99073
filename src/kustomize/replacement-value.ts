import { clone, type Node, number, text } from '../yaml/node.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { PathMissing, type Slot } from './replacement-path.ts';
import { scalarNode, scalarText } from './resource.ts';

/** Puts the value of a replacement into a place, or the part of it that `options` choose. Throws `PathMissing`. */
export function write(slot: Slot, value: Node, options: Node | undefined): void {
  const delimiter = text(options, 'delimiter') ?? '';
  if (delimiter === '') {
    slot.set(adapted(value, slot.node));
    return;
  }
  if (slot.node.kind !== 'scalar') throw new PathMissing('options.delimiter needs a plain value');
  const parts = scalarText(slot.node).split(delimiter);
  const index = number(options, 'index') ?? 0;
  if (index < 0) parts.unshift(scalarText(value));
  else if (index >= parts.length) parts.push(scalarText(value));
  else parts[index] = scalarText(value);
  slot.set(scalarNode(parts.join(delimiter), value.span));
}

/** A plain value gives its text alone: a string stays one, anything else becomes what the text means in YAML. */
function adapted(value: Node, current: Node): Node {
  if (value.kind !== 'scalar' || current.kind !== 'scalar') return clone(value);
  const written = scalarText(value);
  const isString = typeof current.value === 'string';
  return scalarNode(isString ? written : (resolvePlain(written, 'kustomize') ?? written), value.span);
}
