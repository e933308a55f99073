import { type Shape, type ShapeOf, shapeOf } from '../kubernetes/merge-keys.ts';
import { historyOf, type MapNode, type Node, type ScalarNode, type SeqNode } from '../yaml/node.ts';
import { resolvePlain } from '../yaml/scalars.ts';
import type { Budget } from './budget.ts';
import { writtenText } from './conform.ts';
import { type Merge, mergeItems } from './merge-items.ts';
import { PatchConflict } from './patch-conflict.ts';
import { isNull, scalarNode, scalarText, setField } from './resource.ts';
import { carryOver, isShared } from './shared-scalars.ts';

/**
 * The object with the patch merged in, by the rules of kyaml's strategic merge (kyaml/yaml/merge2, walk): mappings
 * merge, null deletes, lists with merge keys merge item by item, other lists are replaced, `$patch` directs. Changes
 * both arguments; undefined where the patch deletes the object. Throws `PatchConflict`.
 */
export function strategicMerge(
  target: MapNode,
  patch: MapNode,
  budget: Budget,
  shapes: ShapeOf = shapeOf,
): MapNode | undefined {
  const merging: Merging = { shapes, replaced: [] };
  const merged = merge(target, patch, undefined, merging);
  if (merged?.kind !== 'map') return undefined;
  carryOver(merged, merging.replaced, budget);
  return merged;
}

interface Merging {
  readonly shapes: ShapeOf;
  /** What the patch has replaced and stands in other places of the object too. */
  readonly replaced: ScalarNode[];
}

/** One field of the object and of the patch as one; undefined for a field that is to go. */
function merge(
  target: Node | undefined,
  patch: Node | undefined,
  known: Shape | undefined,
  merging: Merging,
): Node | undefined {
  // Most values of an object are plain and none of the patch's business.
  if (patch === undefined && target?.kind === 'scalar' && !isNull(target)) return target;
  const shape = known ?? embeddedShape(target, merging) ?? embeddedShape(patch, merging);
  const kind = [target, patch].find(node => node !== undefined && !isNull(node))?.kind;
  if (kind === undefined) return mergeNulls(target, patch);
  if (patch !== undefined && !isNull(patch) && patch.kind !== kind) {
    throw new PatchConflict(`the patch has ${named(patch.kind)} where the object has ${named(kind)}`, patch.span);
  }
  if (kind === 'map') return mergeMaps(asMap(target), patch, shape, merging);
  if (kind === 'seq') return mergeLists(asSeq(target), patch, shape, merging);
  return replaced(target, patch);
}

/** A value as a whole: that of the patch, where null deletes. */
function replaced(target: Node | undefined, patch: Node | undefined): Node | undefined {
  if (patch === undefined) return target;
  return isNull(patch) ? undefined : patch;
}

function named(kind: Node['kind']): string {
  return { map: 'a mapping', seq: 'a list', scalar: 'a plain value' }[kind];
}

function asMap(node: Node | undefined): MapNode | undefined {
  return node?.kind === 'map' ? node : undefined;
}

function asSeq(node: Node | undefined): SeqNode | undefined {
  return node?.kind === 'seq' ? node : undefined;
}

/** kyaml looks for a schema wherever it has none and finds an apiVersion and a kind. */
function embeddedShape(node: Node | undefined, { shapes }: Merging): Shape | undefined {
  if (node?.kind !== 'map') return undefined;
  const apiVersion = scalarText(node.entries.get('apiVersion')?.value);
  const kind = scalarText(node.entries.get('kind')?.value);
  return apiVersion === '' || kind === '' ? undefined : shapes(apiVersion, kind);
}

/** A null that is spelled out stays; a value that was left out goes as soon as anything patches the object. */
function mergeNulls(target: Node | undefined, patch: Node | undefined): Node | undefined {
  if (patch !== undefined || target === undefined) return undefined;
  return target.span.end > target.span.start ? target : undefined;
}

function mergeMaps(
  target: MapNode | undefined,
  patch: Node | undefined,
  shape: Shape | undefined,
  merging: Merging,
): Node | undefined {
  if (patch !== undefined && isNull(patch)) return undefined;
  const from = asMap(patch);
  const directive = from === undefined ? 'merge' : takeDirective(from);
  if (directive === 'delete') return undefined;
  const result = target === undefined || directive === 'replace' ? from : target;
  if (result === undefined) return undefined;
  if (from === undefined) return settle(result, shape, merging);
  for (const key of new Set([...result.entries.keys(), ...from.entries.keys()])) {
    const own = result.entries.get(key);
    const patched = from.entries.get(key);
    const value = merge(own?.value, patched?.value, shape?.fields.get(key), merging);
    if (value === undefined) result.entries.delete(key);
    else if (value !== own?.value) {
      if (isShared(own?.value)) merging.replaced.push(own.value);
      setField(result, key, inQuotesOf(own?.value, value), patched?.key);
    }
  }
  return result;
}

/** A mapping that the patch says nothing of, as most are: what is in it stays, or goes. */
function settle(map: MapNode, shape: Shape | undefined, merging: Merging): MapNode {
  map.entries.forEach(({ value }, key) => {
    if (value.kind === 'scalar' && value.value !== null) return;
    if (merge(value, undefined, shape?.fields.get(key), merging) === undefined) map.entries.delete(key);
  });
  return map;
}

/** A value takes over the quotes of the text in whose place it comes: 9090 for `"8080"` is `"9090"`. */
function inQuotesOf(old: Node | undefined, value: Node): Node {
  const isText = value.kind !== 'scalar' || typeof value.value === 'string';
  if (isText || old?.kind !== 'scalar' || typeof old.value !== 'string' || !isQuoted(old)) return value;
  return scalarNode(scalarText(value), value.span);
}

/** The style of a place is that of the first value there, which is quoted by itself where it would be no text else. */
function isQuoted(node: ScalarNode): boolean {
  const first = historyOf(node).at(-1) ?? node;
  if (typeof first.value !== 'string') return false;
  const isWrittenSo = !isShared(first) && /^['"|>]/.test(writtenText(first.span));
  return isWrittenSo || typeof resolvePlain(first.value, 'kustomize') !== 'string';
}

type Directive = 'merge' | 'replace' | 'delete';

function takeDirective(patch: MapNode): Directive {
  const entry = patch.entries.get('$patch');
  if (entry === undefined) return 'merge';
  const directive = asDirective(entry.value);
  patch.entries.delete('$patch');
  return directive;
}

function asDirective(node: Node): Directive {
  const text = scalarText(node);
  if (text === 'merge' || text === 'replace' || text === 'delete') return text;
  throw new PatchConflict(`$patch is ${text}, kustomize knows merge, replace and delete`, node.span);
}

function mergeLists(
  target: SeqNode | undefined,
  patch: Node | undefined,
  shape: Shape | undefined,
  merging: Merging,
): Node | undefined {
  if (shape?.mergeKeys === undefined) return replaced(target, patch);
  if (patch !== undefined && isNull(patch)) return undefined;
  const from = asSeq(patch);
  const mergeOne: Merge = (own, other, known) => merge(own, other, known, merging);
  if (target === undefined && from !== undefined) return mergeItems(from, from, shape, mergeOne);
  const directive = from === undefined ? 'merge' : takeListDirective(from);
  if (directive === 'delete') return undefined;
  const result = target === undefined || directive === 'replace' ? from : target;
  return result === undefined ? undefined : mergeItems(result, from, shape, mergeOne);
}

/** An item of `$patch` alone directs the whole list; it goes, and with it all items with the same directive. */
function takeListDirective(patch: SeqNode): Directive {
  const directiveOf = (item: Node) => (item.kind === 'map' ? item.entries.get('$patch')?.value : undefined);
  const item = patch.items.find(candidate => directiveOf(candidate) !== undefined);
  const value = item && directiveOf(item);
  if (value === undefined || item?.kind !== 'map' || item.entries.size > 1) return 'merge';
  const directive = asDirective(value);
  const others = patch.items.filter(other => scalarText(directiveOf(other)) !== directive);
  patch.items.splice(0, patch.items.length, ...others);
  return directive;
}
