import type { FieldChange, ObjectChange } from '../change/change.ts';
import { differences } from '../change/diff.ts';
import { fieldPath } from '../kubernetes/field-path.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { parseQuantity } from '../kubernetes/quantity.ts';
import { equal, type Node, type Path, scalar } from '../yaml/node.ts';

/** A field that the commit sets and that has another value in the cluster. */
export interface MissingField {
  readonly path: string;
  /** It has the value from before the commit, or a third one. */
  readonly has: 'old' | 'other';
}

/**
 * The fields that the commit sets and the live object does not have, and the items that it removes and the live object
 * still has. Other fields that only the cluster has are defaults or the work of controllers, so they prove nothing.
 *
 * @param isLeftOut Fields that others decide, such as the replicas of an autoscaled workload.
 */
export function missingFields(
  change: ObjectChange,
  live: KubeObject,
  isLeftOut: (path: Path) => boolean = () => false,
): MissingField[] {
  if (change.kind !== 'modified') return [];
  const all = differences(live.root, change.after.root);
  const off = all.filter(({ before, after }) => isMissing(before, after));
  const surplus = all.flatMap(({ before, after }) => (before !== undefined && after === undefined ? before : []));
  return change.fields.flatMap(({ path, before, after }): MissingField[] => {
    if (path[0] === 'apiVersion' || isLeftOut(path)) return [];
    if (after === undefined) {
      const isLeft = isItem(path) && before !== undefined && surplus.some(node => includes(node, before));
      return isLeft ? [{ path: fieldPath(change.before.root, path), has: 'old' }] : [];
    }
    const different = off.find(other => overlap(other.path, path));
    if (different === undefined) return [];
    return [{ path: fieldPath(change.after.root, path), has: isOld(different, path, before) ? 'old' : 'other' }];
  });
}

/** What no default adds: an item of a list, a key of a ConfigMap. */
function isItem(path: Path): boolean {
  return typeof path.at(-1) === 'number' || path[0] === 'data';
}

/** Whether a live node is the other one, with defaults filled in. */
function includes(live: Node, wanted: Node): boolean {
  if (live.kind !== 'map' || wanted.kind !== 'map') return same(live, wanted);
  return [...wanted.entries].every(([key, { value }]) => {
    const there = live.entries.get(key)?.value;
    return there !== undefined && includes(there, value);
  });
}

function isOld(different: FieldChange, path: Path, before: Node | undefined): boolean {
  if (different.path.length !== path.length) return before === undefined && different.before === undefined;
  return different.before === undefined ? before === undefined : before !== undefined && same(different.before, before);
}

function isMissing(live: Node | undefined, wanted: Node | undefined): boolean {
  if (wanted === undefined || isNothing(wanted)) return false;
  return live === undefined || !same(live, wanted);
}

/** The API server drops what is empty. */
function isNothing(node: Node): boolean {
  if (node.kind === 'scalar') return node.value === null || node.value === '';
  return node.kind === 'map' ? node.entries.size === 0 : node.items.length === 0;
}

/** Quantities are written back in one form: `0.5` as `500m`. */
function same(a: Node, b: Node): boolean {
  if (equal(a, b)) return true;
  const [one, other] = [scalar(a), scalar(b)];
  if (one === undefined || other === undefined) return false;
  if (String(one) === String(other)) return true;
  const amount = parseQuantity(one);
  return amount !== undefined && amount === parseQuantity(other);
}

function overlap(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}
