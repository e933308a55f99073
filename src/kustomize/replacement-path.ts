import { goPattern, PatternError } from '../kubernetes/go-pattern.ts';
import { type MapNode, type Node, type ScalarNode, Source, type Span } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import { splitPath } from './field-spec.ts';
import { emptyMap, inPlaceOf, isNull, scalarNode, scalarText, setField } from './resource.ts';

/** A place in an object that can be read and set. */
export interface Slot {
  readonly node: Node;
  readonly set: (node: Node) => void;
  /** Whether the place is in a copy, where nothing that is set is seen again. */
  readonly isCopy?: true;
}

/** A path that cannot be followed; the message says where. */
export class PathMissing extends Error {}

/** `spec.template.spec.containers.[name=app].image` as its steps; a delimiter inside brackets does not split. */
export function splitFieldPath(path: string): string[] {
  const steps: string[] = [];
  let open: string[] | undefined;
  const close = () => {
    const joined = open?.join('.') ?? '';
    steps.push(joined.includes('=') ? joined : joined.replace(/^\[+|\]+$/g, ''));
    open = undefined;
  };
  for (const step of splitPath(path, '.')) {
    if (open !== undefined) {
      open.push(step);
      if (step.endsWith(']')) close();
    } else if (step.startsWith('[') && !step.endsWith(']')) open = [step];
    else steps.push(step);
  }
  if (open !== undefined) close();
  return steps;
}

/** What `find` makes on its way, as `options.create` asks. */
export interface Create {
  readonly kind: Node['kind'];
  readonly span: Span;
}

/** How a path is followed. */
export interface Way {
  readonly create: Create | undefined;
  /** Takes a text that is parsed from the budget. */
  readonly spend: (text: string) => void;
}

/** Every place that the path leads to: indexes, `*` for all items, `[field=regular expression]` for some. */
export function findSlots(slot: Slot, steps: readonly string[], way: Way): Slot[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [slot];
  const { node } = slot;
  if (/^\d+$/.test(step)) return byIndex(node, Number(step), rest, way);
  if (step.startsWith('[') && step.endsWith(']')) return byMatch(node, step, rest, way);
  if (step === '*') {
    if (node.kind !== 'seq') throw new PathMissing(`* stands for the items of a list, and there is none`);
    return node.items.flatMap((_, i) => findSlots(itemSlot(node.items, i), rest, way));
  }
  if (isNull(node)) return [];
  if (node.kind !== 'map')
    throw new PathMissing(`${step} is no field of a ${node.kind === 'seq' ? 'list' : 'plain value'}`);
  if (!node.entries.has(step)) {
    if (way.create === undefined) return [];
    setField(node, step, made(rest[0], way.create));
  }
  const field = fieldSlot(node, step);
  if (field === undefined) return [];
  return field.node.kind === 'scalar' && rest.length > 0
    ? slotsInText(field.node, rest, way)
    : findSlots(field, rest, way);
}

/** Inside of a text kustomize finds the places of a copy that it throws away. */
function slotsInText(node: ScalarNode, steps: readonly string[], way: Way): Slot[] {
  const copyOf = (found: Node): Slot => ({ node: found, set: () => {}, isCopy: true });
  if (isNull(node)) return way.create === undefined ? [] : [copyOf(node)];
  const text = scalarText(node);
  way.spend(text);
  const { documents, problems } = parse(new Source('', text), 'kustomize');
  const [root] = documents;
  if (root === undefined || problems.length > 0) throw new PathMissing('its text is no YAML');
  return findSlots(copyOf(root), steps, way).map(slot => copyOf(slot.node));
}

/** The place of a path as kustomize looks it up, one for each step: no `*`, and `[field=value]` is the first equal one. */
export function lookUp(root: Node, steps: readonly string[]): Slot | undefined {
  let slot: Slot | undefined = { node: root, set: () => {} };
  for (const step of steps) {
    if (slot === undefined) return undefined;
    slot = stepInto(slot.node, step);
  }
  return slot;
}

/** The first plain value on the way of a path, where it has steps left, and those steps. */
export function textOnWay(root: Node, steps: readonly string[]): { slot: Slot; rest: readonly string[] } | undefined {
  let slot: Slot | undefined = { node: root, set: () => {} };
  for (const [i, step] of steps.entries()) {
    slot = stepInto(slot.node, step);
    if (slot === undefined) return undefined;
    if (slot.node.kind === 'scalar') return i + 1 < steps.length ? { slot, rest: steps.slice(i + 1) } : undefined;
  }
  return undefined;
}

function stepInto(node: Node, step: string): Slot | undefined {
  if (node.kind === 'map') return fieldSlot(node, step);
  if (node.kind === 'scalar') return undefined;
  const index =
    step === '-' ? node.items.length - 1 : /^\d+$/.test(step) ? Number(step) : indexOfEqual(node.items, step);
  return node.items[index] === undefined ? undefined : itemSlot(node.items, index);
}

function indexOfEqual(list: readonly Node[], step: string): number {
  const [, field, value] = /^\[([^=]*)=(.*)\]$/s.exec(step) ?? [];
  return list.findIndex(item => {
    const own = field === '' ? item : item.kind === 'map' ? item.entries.get(field ?? '')?.value : undefined;
    return own?.kind === 'scalar' && scalarText(own) === value;
  });
}

function fieldSlot(map: MapNode, key: string): Slot | undefined {
  const entry = map.entries.get(key);
  return entry && { node: entry.value, set: value => setField(map, key, value) };
}

function itemSlot(list: Node[], index: number): Slot {
  const node = list[index];
  if (node === undefined) throw new PathMissing(`there is no item ${index}`);
  return {
    node,
    set: value => {
      list[index] = inPlaceOf(node, value);
    },
  };
}

function made(next: string | undefined, { kind, span }: Create): Node {
  const isList = next !== undefined && (/^\d+$/.test(next) || next.startsWith('['));
  if (isList || (next === undefined && kind === 'seq')) return { kind: 'seq', items: [], span };
  return next === undefined && kind === 'scalar' ? scalarNode(null, span) : emptyMap(span);
}

function byIndex(node: Node, index: number, rest: readonly string[], way: Way): Slot[] {
  if (node.kind !== 'seq') throw new PathMissing(`${index} is the index of a list, and there is none`);
  if (way.create !== undefined && index === node.items.length) node.items.push(made(rest[0], way.create));
  if (index >= node.items.length) throw new PathMissing(`there is no item ${index}, the list has ${node.items.length}`);
  return findSlots(itemSlot(node.items, index), rest, way);
}

function byMatch(node: Node, step: string, rest: readonly string[], way: Way): Slot[] {
  if (node.kind !== 'seq') {
    if (isNull(node)) return [];
    throw new PathMissing(`${step} chooses from a list, and there is none`);
  }
  const inner = step.slice(1, -1);
  const equals = inner.indexOf('=');
  if (equals < 0) throw new PathMissing(`${step} is not [field=value]`);
  const field = inner.slice(0, equals);
  const value = inner.slice(equals + 1);
  const pattern = compile(value);
  const isMatch = (item: Node) => {
    const own = field === '' ? item : item.kind === 'map' ? item.entries.get(field)?.value : undefined;
    return own !== undefined && pattern(scalarText(own));
  };
  let slots = node.items.flatMap((item, i) => (isMatch(item) ? findSlots(itemSlot(node.items, i), rest, way) : []));
  if (slots.length === 0 && way.create !== undefined) {
    const own = scalarNode(resolvePlain(value, 'kustomize') ?? value, way.create.span);
    const item = field === '' ? own : emptyMap(way.create.span);
    if (item.kind === 'map') setField(item, field, own);
    node.items.push(item);
    slots = findSlots(itemSlot(node.items, node.items.length - 1), rest, way);
  }
  return slots;
}

function compile(pattern: string): (value: string) => boolean {
  try {
    return goPattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new PathMissing(`${pattern} is no regular expression: ${error.message}`);
  }
}
