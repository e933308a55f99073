import { equal, type MapNode, type Node, type SeqNode } from '../yaml/node.ts';
import { align, type Pair } from './align.ts';
import type { FieldChange } from './change.ts';

/**
 * The fields that differ, as deep as both sides have the same shape. Neither the order of keys nor that of lists whose
 * items have names counts.
 */
export function differences(before: Node, after: Node): FieldChange[] {
  const changes: FieldChange[] = [];
  collect(before, after, [], changes);
  return changes;
}

function collect(before: Node, after: Node, path: (string | number)[], changes: FieldChange[]): void {
  if (equal(before, after)) return;
  if (before.kind === 'map' && after.kind === 'map') collectMap(before, after, path, changes);
  else if (before.kind === 'seq' && after.kind === 'seq') collectList(before, after, path, changes);
  else changes.push({ path, before, after });
}

function collectMap(before: MapNode, after: MapNode, path: readonly (string | number)[], changes: FieldChange[]): void {
  for (const key of new Set([...after.entries.keys(), ...before.entries.keys()])) {
    const below = [...path, key];
    const old = before.entries.get(key)?.value ?? emptyBeside(key, after);
    const now = after.entries.get(key)?.value ?? emptyBeside(key, before);
    if (old !== undefined && now !== undefined) collect(old, now, below, changes);
    else changes.push({ path: below, before: old, after: now });
  }
}

/** A list of containers that is not there is one without containers: each of the other side is told by itself. */
function emptyBeside(key: string, other: MapNode): SeqNode | undefined {
  const list = other.entries.get(key)?.value;
  const isContainers = key === 'containers' || key === 'initContainers';
  return isContainers && list?.kind === 'seq' && list.items.length > 0 ? { ...list, items: [] } : undefined;
}

function collectList(
  before: SeqNode,
  after: SeqNode,
  path: readonly (string | number)[],
  changes: FieldChange[],
): void {
  const name = String(path.findLast(step => typeof step === 'string') ?? '');
  const pairs = align(before, after, name);
  if (name === 'initContainers' && isReordered(pairs)) changes.push({ path, before, after });
  for (const pair of pairs) {
    const old = pair.before === undefined ? undefined : before.items[pair.before];
    const now = pair.after === undefined ? undefined : after.items[pair.after];
    if (old !== undefined && now !== undefined) collect(old, now, [...path, pair.after ?? 0], changes);
    else changes.push({ path: [...path, pair.after ?? pair.before ?? 0], before: old, after: now });
  }
}

/** Init containers run one after the other, so their order is part of what they do. */
function isReordered(pairs: readonly Pair[]): boolean {
  const places = pairs.flatMap(({ before, after }) => (before === undefined || after === undefined ? [] : [before]));
  return places.some((place, index) => place < (places[index - 1] ?? -1));
}
