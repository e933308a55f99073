import type { Shape } from '../kubernetes/merge-keys.ts';
import type { Node, SeqNode } from '../yaml/node.ts';
import { isNull, scalarNode, scalarText, setField } from './resource.ts';

/** How one item of the list is merged with the patch's. */
type Merge = (target: Node | undefined, patch: Node | undefined, shape: Shape | undefined) => Node | undefined;

/**
 * Merges the items of a list that has merge keys, those of the patch first. Follows kyaml step by step
 * (kyaml/yaml/walk/associative_sequence.go), since its outcome for ports without a protocol depends on the steps.
 */
export function mergeItems(target: SeqNode, patch: SeqNode | undefined, shape: Shape, merge: Merge): SeqNode {
  const keys = shape.mergeKeys ?? [];
  if (keys.length === 0) return mergeValues(target, patch);
  const tuples = fillTuples(distinctTuples([...(patch?.items ?? []), ...target.items], keys));
  const used = usedKeys(tuples, keys);
  const added: SeqNode = { kind: 'seq', items: [], span: target.span };
  const elements: SeqNode = { kind: 'seq', items: target.items, span: target.span };
  for (const tuple of tuples) {
    const values = used.map(({ index }) => tuple[index] ?? '');
    const names = used.map(({ key }) => key);
    const item = merge(find(elements, names, values), patch && find(patch, names, values), shape.items);
    if (item === undefined || isNull(item) || (item.kind === 'map' && item.entries.size === 0)) {
      setElement(elements, names, values, undefined);
      continue;
    }
    names.forEach((name, i) => {
      const value = values[i] ?? '';
      if (value !== '' && item.kind === 'map' && !item.entries.has(name))
        setField(item, name, scalarNode(value, item.span));
    });
    setElement(added, names, values, item);
  }
  if (tuples.length > 0) {
    const names = used.map(({ key }) => key);
    for (const item of elements.items) appendItem(added, item, names);
    target.items.splice(0, target.items.length, ...added.items);
  }
  return target;
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
    const tuple = keys.map(key => (item.kind === 'map' ? scalarText(item.entries.get(key)?.value) : ''));
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
  const node = item.kind === 'map' ? item.entries.get(name)?.value : undefined;
  return node !== undefined && scalarText(node) === value;
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

/** With several keys the items of the object come after those of the patch; with one they keep the patch's order. */
function appendItem(list: SeqNode, item: Node, names: readonly string[]): void {
  const own = names.filter(name => item.kind === 'map' && scalarText(item.entries.get(name)?.value) !== '');
  const values = own.map(name => (item.kind === 'map' ? scalarText(item.entries.get(name)?.value) : ''));
  if (names.length > 1 && own.length > 0) setElement(list, own, values, undefined);
  if (own.length === 0 || names.length > 1) list.items.push(item);
  else if (!list.items.includes(item)) setElement(list, own, values, item);
}
