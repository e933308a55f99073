import { at, type MapNode, type Node, type SeqNode } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { applyJsonPatch } from './json-patch.ts';
import { conflict } from './patch-conflict.ts';
import { kindOf, nameOf, type Resource, setField } from './resource.ts';
import { asOwn, isShared } from './shared-scalars.ts';
import { textMetadata } from './text-metadata.ts';

/** The build that a patch belongs to. */
interface Patching {
  readonly problems: Problem[];
  readonly budget: Budget;
}

/**
 * Applies the operations of a JSON patch to an object; one that does not apply is a problem.
 *
 * @param hasNotes Whether kustomize keeps notes of its own among the annotations, so that the patch finds them there.
 */
export function applyJson(build: Patching, resource: Resource, operations: readonly Node[], hasNotes: boolean): void {
  if (hasNotes) haveAnnotations(resource.root);
  try {
    applyJsonPatch(resource.root, operations, build.budget);
  } catch (error) {
    conflict(build.problems, resource, error);
  }
  textMetadata(resource.root, ['annotations']);
  const span = operations[0]?.span ?? resource.root.span;
  build.budget.spend(readAnew(resource.root) / READ_IN_A_STEP, span);
  if (kindOf(resource) === '' || nameOf(resource) === '') {
    const message = 'the patch takes away the kind or the name of an object';
    build.problems.push({ code: 'kustomization-refused', message, span: resource.root.span });
  }
}

/** Values that are read anew in the time of one that is changed. */
const READ_IN_A_STEP = 4;

/**
 * The library reads the whole object anew: every number as a double, and each place as a value of its own. Gives the
 * number of values.
 */
function readAnew(node: MapNode | SeqNode): number {
  let count = 1;
  const read = (value: Node): Node => {
    if (value.kind !== 'scalar') {
      count += readAnew(value);
      return value;
    }
    count++;
    const own = isShared(value) ? asOwn(value) : value;
    return typeof own.value === 'bigint' ? { ...own, value: Number(own.value) } : own;
  };
  if (node.kind === 'seq') {
    for (const [i, item] of node.items.entries()) node.items[i] = read(item);
    return count;
  }
  node.entries.forEach((entry, key) => {
    const value = read(entry.value);
    if (value !== entry.value) node.entries.set(key, { key: entry.key, value });
  });
  return count;
}

function haveAnnotations(root: MapNode): void {
  const metadata = at(root, 'metadata');
  if (metadata?.kind !== 'map' || metadata.entries.has('annotations')) return;
  setField(metadata, 'annotations', { kind: 'map', entries: new Map(), span: metadata.span });
}
