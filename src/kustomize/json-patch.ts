import { at, clone, equal, type MapNode, type Node, type SeqNode, type Span, text } from '../yaml/node.ts';
import type { Budget } from './budget.ts';
import { PatchConflict } from './patch-conflict.ts';
import { inPlaceOf, scalarNode, scalarText, setField } from './resource.ts';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;
type Operation = (typeof OPERATIONS)[number];

/**
 * Applies the operations of a JSON patch (RFC 6902) in place, as evanphx/json-patch does: an index may count from the
 * end, and a missing path is refused. Throws `PatchConflict` at the operation that does not apply; those before it
 * have been applied. Throws `TooLarge` where the budget does not last.
 */
export function applyJsonPatch(root: MapNode, operations: readonly Node[], budget: Budget): void {
  for (const operation of operations) apply(root, operation, budget);
}

function apply(root: MapNode, operation: Node, budget: Budget): void {
  budget.spendCopy(operation, operation.span);
  const op = OPERATIONS.find(name => name === text(operation, 'op'));
  if (op === undefined)
    throw new PatchConflict(`${text(operation, 'op') ?? 'an operation'} is no JSON patch operation`, operation.span);
  const path = pointerOf(operation, 'path');
  const target = locate(root, path, op);
  if (op === 'add') add(target, operand(operation));
  else if (op === 'test') test(target, operation);
  else if (op === 'remove') remove(target);
  else if (op === 'replace') replace(target, operand(operation));
  else {
    const source = locate(root, pointerOf(operation, 'from'), op);
    add(locate(root, path, op), op === 'move' ? remove(source) : copyOf(source, operation, budget));
  }
}

/** Copies of copies double. A key that is missing is copied as null, as the library does. */
function copyOf(source: Place, operation: Node, budget: Budget): Node {
  const isMissing = source.parent.kind === 'map' && !source.parent.entries.has(source.step);
  if (isMissing) return scalarNode(null, operation.span);
  const original = read(source);
  budget.spendCopy(original, operation.span);
  return clone(original);
}

/** A place in the object: a step below a collection. */
interface Place {
  readonly parent: MapNode | SeqNode;
  readonly step: string;
  readonly operation: Operation;
  readonly pointer: Pointer;
}

interface Pointer {
  readonly text: string;
  readonly span: Span;
}

function pointerOf(operation: Node, field: 'path' | 'from'): Pointer {
  const node = at(operation, field);
  const pointer = text(node);
  if (node === undefined || pointer === undefined)
    throw new PatchConflict(`the operation has no ${field}`, operation.span);
  return { text: pointer, span: node.span };
}

function operand(operation: Node): Node {
  const value = at(operation, 'value');
  // kustomize takes a missing value for null.
  return value === undefined ? { kind: 'scalar', value: null, span: operation.span } : clone(value);
}

function locate(root: MapNode, pointer: Pointer, operation: Operation): Place {
  const steps = pointer.text.split('/').map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const step = steps.pop() ?? '';
  let parent: Node = root;
  const walked: string[] = [];
  for (const next of steps.slice(1)) {
    walked.push(next);
    const found: Node | undefined = child(parent, next);
    if (found === undefined) throw missing(operation, pointer, walked);
    parent = found;
  }
  if (parent.kind === 'scalar') throw missing(operation, pointer, [...walked, step]);
  return { parent, step, operation, pointer };
}

function missing(operation: Operation, pointer: Pointer, walked: readonly string[]): PatchConflict {
  return new PatchConflict(`${operation} ${pointer.text}: the object has no /${walked.join('/')}`, pointer.span);
}

function child(parent: Node, step: string): Node | undefined {
  if (parent.kind === 'map') return parent.entries.get(step)?.value;
  if (parent.kind === 'scalar') return undefined;
  const index = indexOf(step, parent.items.length);
  return index === undefined ? undefined : parent.items[index];
}

/** An index as Go reads it; from the end where negative. */
function indexOf(step: string, length: number): number | undefined {
  if (!/^[+-]?\d+$/.test(step)) return undefined;
  const index = Number(step);
  return index < 0 ? index + length : index;
}

function absent({ operation, pointer }: Place): PatchConflict {
  return new PatchConflict(`${operation} ${pointer.text}: the object has no such path`, pointer.span);
}

function read(place: Place): Node {
  const found = child(place.parent, place.step);
  if (found === undefined) throw absent(place);
  return found;
}

function add(place: Place, value: Node): void {
  const { parent, step } = place;
  if (parent.kind === 'map') {
    setField(parent, step, value, place.pointer.span);
    return;
  }
  const index = step === '-' ? parent.items.length : indexOf(step, parent.items.length + 1);
  if (index === undefined || index < 0 || index > parent.items.length) throw absent(place);
  parent.items.splice(index, 0, value);
}

/** A missing key of a mapping is added, as the library does; a missing item of a list is refused. */
function replace(place: Place, value: Node): void {
  const { parent, step } = place;
  if (parent.kind === 'map') setField(parent, step, value);
  else {
    const old = read(place);
    parent.items[indexOf(step, parent.items.length) ?? 0] = inPlaceOf(old, value);
  }
}

function remove(place: Place): Node {
  const found = read(place);
  const { parent, step } = place;
  if (parent.kind === 'map') parent.entries.delete(step);
  else parent.items.splice(indexOf(step, parent.items.length) ?? 0, 1);
  return found;
}

function test(place: Place, operation: Node): void {
  const found = child(place.parent, place.step);
  const wanted = at(operation, 'value');
  if (equal(found, wanted) || (found === undefined && (wanted === undefined || scalarText(wanted) === ''))) return;
  throw new PatchConflict(`test ${place.pointer.text}: the object has another value there`, place.pointer.span);
}
