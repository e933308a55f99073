import type { Shape } from '../kubernetes/merge-keys.ts';
import type { MapEntry, Node, SeqNode } from '../yaml/node.ts';
import { PatchConflict } from './patch-conflict.ts';
import { isNull, scalarNode, scalarText, setField } from './resource.ts';

/** Items of one list with several keys, where merging takes time by their square. */
const MAX_ITEMS = 2_000;

/** How one item of the list is merged with the patch's. */
export type Merge = (target: Node | undefined, patch: Node | undefined, shape: Shape | undefined) => Node | undefined;

/**
 * Merges the items of a list that has merge keys, those of the patch first; an item that the patch empties goes. As
 * kyaml does it (kyaml/yaml/walk/associative_sequence.go).
 */
export function mergeItems(target: SeqNode, patch: SeqNode | undefined, shape: Shape, merge: Merge): SeqNode {
  const keys = shape.mergeKeys ?? [];
  const [key, ...more] = keys;
  if (key === undefined) return mergeValues(target, patch);
  if (more.length === 0) {
    const isWhole = [...target.items, ...(patch?.items ?? [])].every(
      item => scalarText(fieldOf(item, key)?.value) !== '',
    );
    return isWhole ? mergeByKey(target, patch, key, shape, merge) : mergeSome(target, patch, key, shape, merge);
  }
  return mergeByKeys(target, patch, keys, shape, merge);
}

function mergeByKey(target: SeqNode, patch: SeqNode | undefined, key: string, shape: Shape, merge: Merge): SeqNode {
  const own = firstByKey(target.items, key);
  const theirs = firstByKey(patch?.items ?? [], key);
  const merged = new Map<string, Node>();
  const gone = new Set<string>();
  for (const value of new Set([...theirs.keys(), ...own.keys()])) {
    const entry = fieldOf(own.get(value), key);
    const item = merge(own.get(value), theirs.get(value), shape.items);
    if (isEmpty(item)) gone.add(value);
    else merged.set(value, keepKey(item, key, entry));
  }
  for (const item of target.items) {
    const value = scalarText(fieldOf(item, key)?.value);
    // Of two items with one key the last stays, unmerged; so does an item that the patch meant to replace.
    if (!gone.has(value)) merged.set(value, item);
  }
  target.items.splice(0, target.items.length, ...merged.values());
  return target;
}

/**
 * The same where items lack the key, such as a container without a name. Kustomize loses other items over that: one of
 * the patch takes away all that have the key, and one of the object all that come before it.
 */
function mergeSome(target: SeqNode, patch: SeqNode | undefined, key: string, shape: Shape, merge: Merge): SeqNode {
  const all = [...(patch?.items ?? []), ...target.items];
  if (all.length > MAX_ITEMS) throw tooLong(all.length, target);
  const other = target.items.find(item => item.kind !== 'map' && !isNull(item));
  if (other !== undefined)
    throw new PatchConflict(`the list is merged by the ${key} of its items, and this one is no mapping`, other.span);
  const added: SeqNode = { kind: 'seq', items: [], span: target.span };
  for (const value of new Set(all.map(item => scalarText(fieldOf(item, key)?.value)))) {
    const of = (item: Node) => item.kind === 'map' && hasValue(item, key, value);
    const own = target.items.find(of);
    const entry = fieldOf(own, key);
    const item = merge(own, patch?.items.find(of), shape.items);
    if (isEmpty(item)) setElement(target, [key], [value], undefined);
    else setElement(added, [key], [value], keepKey(item, key, entry));
  }
  for (const item of target.items) {
    const own = fieldOf(item, key);
    if (own === undefined) added.items.splice(0, added.items.length, item);
    else setElement(added, [key], [scalarText(own.value)], item);
  }
  target.items.splice(0, target.items.length, ...added.items);
  return target;
}

function tooLong(length: number, { span }: SeqNode): PatchConflict {
  return new PatchConflict(`a list with ${length} items is too long to merge`, span);
}

function firstByKey(items: readonly Node[], key: string): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const item of items) {
    const value = scalarText(fieldOf(item, key)?.value);
    if (value !== '' && !found.has(value)) found.set(value, item);
  }
  return found;
}

function fieldOf(item: Node | undefined, key: string): MapEntry | undefined {
  return item?.kind === 'map' ? item.entries.get(key) : undefined;
}

function isEmpty(item: Node | undefined): item is undefined {
  return item === undefined || isNull(item) || (item.kind === 'map' && item.entries.size === 0);
}

/** The patch repeats the key only to say which item it means: its place stays that of the object. */
function keepKey(item: Node, key: string, entry: MapEntry | undefined): Node {
  if (entry !== undefined && item.kind === 'map' && item.entries.has(key)) item.entries.set(key, entry);
  return item;
}

/** Steps of kyaml one by one, since the outcome for ports without a protocol depends on them. */
function mergeByKeys(
  target: SeqNode,
  patch: SeqNode | undefined,
  keys: readonly string[],
  shape: Shape,
  merge: Merge,
): SeqNode {
  const all = [...(patch?.items ?? []), ...target.items];
  if (all.length > MAX_ITEMS) throw tooLong(all.length, target);
  const tuples = fillTuples(distinctTuples(all, keys));
  const used = usedKeys(tuples, keys);
  const names = used.map(({ key }) => key);
  const added: SeqNode = { kind: 'seq', items: [], span: target.span };
  for (const tuple of tuples) {
    const values = used.map(({ index }) => tuple[index] ?? '');
    const own = find(target, names, values);
    const entries = names.map(name => fieldOf(own, name));
    const item = merge(own, patch && find(patch, names, values), shape.items);
    if (isEmpty(item)) {
      setElement(target, names, values, undefined);
      continue;
    }
    for (const [i, name] of names.entries()) addKey(keepKey(item, name, entries[i]), name, values[i] ?? '');
    setElement(added, names, values, item);
  }
  for (const item of target.items) appendItem(added, item, names);
  target.items.splice(0, target.items.length, ...added.items);
  return target;
}

/** A port without a protocol gets the protocol of the item that it was merged with. */
function addKey(item: Node, name: string, value: string): void {
  if (value !== '' && item.kind === 'map' && !item.entries.has(name))
    setField(item, name, scalarNode(value, item.span));
}

/** A list of plain values as a set, those of the patch first. */
function mergeValues(target: SeqNode, patch: SeqNode | undefined): SeqNode {
  const items = new Map<string, Node>();
  for (const item of [...(patch?.items ?? []), ...target.items]) {
    if (!items.has(scalarText(item))) items.set(scalarText(item), item);
  }
  target.items.splice(0, target.items.length, ...items.values());
  return target;
}

function distinctTuples(items: readonly Node[], keys: readonly string[]): string[][] {
  const tuples = new Map<string, string[]>();
  for (const item of items) {
    const tuple = keys.map(key => scalarText(fieldOf(item, key)?.value));
    tuples.set(JSON.stringify(tuple), tuples.get(JSON.stringify(tuple)) ?? tuple);
  }
  return [...tuples.values()];
}

/** `80` without a protocol takes the protocol of another item with port 80. */
function fillTuples(tuples: string[][]): string[][] {
  if ((tuples[0]?.length ?? 0) < 2) return tuples;
  for (let i = 0; i < tuples.length; i++) {
    const own = tuples[i] ?? [];
    for (let j = 0; j < tuples.length; j++) {
      const filled = fill(own, tuples[j] ?? []);
      if (filled === undefined) continue;
      tuples[i] = filled;
      tuples[j] = filled;
    }
  }
  return tuples;
}

function fill(a: readonly string[], b: readonly string[]): string[] | undefined {
  const compatible = a.every((value, i) => value === b[i] || value === '' || b[i] === '');
  if (!compatible || !a.some((value, i) => value === b[i])) return undefined;
  return a.map((value, i) => (value === '' ? (b[i] ?? '') : value));
}

/** The keys that any item has; all of them where no item has one. */
function usedKeys(tuples: readonly string[][], keys: readonly string[]): { key: string; index: number }[] {
  const all = keys.map((key, index) => ({ key, index }));
  const used = all.filter(({ index }) => tuples.some(tuple => (tuple[index] ?? '') !== ''));
  return used.length > 0 ? used : all;
}

/** The first item with these values; keys without a value do not count, unless none has one. */
function find(list: SeqNode, names: readonly string[], values: readonly string[]): Node | undefined {
  const some = values.some(value => value !== '');
  return list.items.find(
    item =>
      item.kind === 'map' &&
      names.every((name, i) => (some && values[i] === '') || hasValue(item, name, values[i] ?? '')),
  );
}

function hasValue(item: Node, name: string, value: string): boolean {
  const entry = fieldOf(item, name);
  return entry !== undefined && scalarText(entry.value) === value;
}

/** Puts the item in the place of those with the values, or at the end; without an item, takes them out. */
function setElement(list: SeqNode, names: readonly string[], values: readonly string[], item: Node | undefined): void {
  let placed = false;
  const items: Node[] = [];
  for (const current of list.items) {
    if (isNull(current) || (current.kind === 'map' && current.entries.size === 0)) continue;
    // A value that is not set matches any, as in kyaml's FieldMatcher.
    const same =
      current.kind === 'map' &&
      names.every((name, i) => (values[i] ? hasValue(current, name, values[i]) : current.entries.has(name)));
    if (!same) items.push(current);
    else if (item !== undefined) {
      items.push(item);
      placed = true;
    }
  }
  if (item !== undefined && !placed) items.push(item);
  list.items.splice(0, list.items.length, ...items);
}

/**
 * The items of the object come after those that the patch adds; where one key is in use they keep its order. One without
 * any key takes away all that come before it, as in kyaml.
 */
function appendItem(list: SeqNode, item: Node, names: readonly string[]): void {
  const own = names.filter(name => scalarText(fieldOf(item, name)?.value) !== '');
  const values = own.map(name => scalarText(fieldOf(item, name)?.value));
  if (own.length === 0) list.items.splice(0, list.items.length);
  else setElement(list, own, values, names.length > 1 ? undefined : item);
  if (own.length === 0 || names.length > 1) list.items.push(item);
}
