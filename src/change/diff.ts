import { equal, type MapNode, type Node, type Path, type SeqNode } from '../yaml/node.ts';
import { align, type Pair } from './align.ts';
import type { FieldChange } from './change.ts';

/**
 * The fields that differ, as deep as both sides have the same shape. Neither the order of keys nor that of lists whose
 * items have names counts.
 */
export function differences(before: Node, after: Node): FieldChange[] {
  const changes: FieldChange[] = [];
  collect(before, after, { before: [], after: [] }, changes);
  return changes;
}

/** Where a node stands on each side: items of a list may have other places there. */
interface Places {
  readonly before: Path;
  readonly after: Path;
}

function below({ before, after }: Places, old: string | number, now: string | number): Places {
  return { before: [...before, old], after: [...after, now] };
}

function collect(before: Node, after: Node, at: Places, changes: FieldChange[]): void {
  if (equal(before, after)) return;
  if (before.kind === 'map' && after.kind === 'map') collectMap(before, after, at, changes);
  else if (before.kind === 'seq' && after.kind === 'seq') collectList(before, after, at, changes);
  else changes.push(changed(before, after, at));
}

function changed(before: Node | undefined, after: Node | undefined, at: Places): FieldChange {
  if (before === undefined) return { path: at.after, before, after };
  return { path: after === undefined ? at.before : at.after, pathBefore: at.before, before, after };
}

function collectMap(before: MapNode, after: MapNode, at: Places, changes: FieldChange[]): void {
  for (const key of new Set([...after.entries.keys(), ...before.entries.keys()])) {
    const old = before.entries.get(key)?.value ?? emptyBeside(key, after);
    const now = after.entries.get(key)?.value ?? emptyBeside(key, before);
    const place = below(at, key, key);
    if (old !== undefined && now !== undefined) collect(old, now, place, changes);
    else changes.push(changed(old, now, place));
  }
}

/** A list of containers that is not there is one without containers: each of the other side is told by itself. */
function emptyBeside(key: string, other: MapNode): SeqNode | undefined {
  const list = other.entries.get(key)?.value;
  const isContainers = key === 'containers' || key === 'initContainers';
  return isContainers && list?.kind === 'seq' && list.items.length > 0 ? { ...list, items: [] } : undefined;
}

function collectList(before: SeqNode, after: SeqNode, at: Places, changes: FieldChange[]): void {
  const name = String(at.after.findLast(step => typeof step === 'string') ?? '');
  const pairs = align(before, after, name);
  if (name === 'initContainers' && isReordered(pairs)) changes.push(changed(before, after, at));
  for (const pair of pairs) {
    const old = pair.before === undefined ? undefined : before.items[pair.before];
    const now = pair.after === undefined ? undefined : after.items[pair.after];
    const place = below(at, pair.before ?? pair.after ?? 0, pair.after ?? pair.before ?? 0);
    if (old !== undefined && now !== undefined) collect(old, now, place, changes);
    else changes.push(changed(old, now, place));
  }
}

/** Init containers run one after the other, so their order is part of what they do. */
function isReordered(pairs: readonly Pair[]): boolean {
  const places = pairs.flatMap(({ before, after }) => (before === undefined || after === undefined ? [] : [before]));
  return places.some((place, index) => place < (places[index - 1] ?? -1));
}
