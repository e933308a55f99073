import { isImmutable } from '../kubernetes/immutable.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { isHook, syncOptions } from '../kubernetes/sync.ts';
import { type Node, scalar, text } from '../yaml/node.ts';
import { calledBy, dotted, type Modified } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { printableNode } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

/** What the API server fills in: writing it down changes nothing. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['type', 'Opaque'],
  ['volumeMode', 'Filesystem'],
  ['reclaimPolicy', 'Delete'],
  ['volumeBindingMode', 'Immediate'],
  ['podManagementPolicy', 'OrderedReady'],
  ['completionMode', 'NonIndexed'],
  // A claim template of a StatefulSet.
  ['apiVersion', 'v1'],
  ['kind', 'PersistentVolumeClaim'],
]);

/** A field that the API server does not let change. */
export interface Refused {
  readonly field: FieldChange;
  /** A full sentence. */
  readonly reason: string;
}

/** The fields of an object that the API server refuses to change, so that the sync fails. */
export function refusedFields(change: Modified): Refused[] {
  const { before, after } = change;
  const isRenamed = before.id.name !== after.id.name;
  if (isRenamed || isReplaced(before) || isReplaced(after)) return [];
  return change.fields.flatMap(field => {
    const law = isDefault(field) ? undefined : isImmutable(before, field.path, after);
    return law === undefined ? [] : [{ field, reason: law.reason }];
  });
}

export function immutableStatements(change: Modified, isApplied: boolean): Statement[] {
  const { before, after } = change;
  return refusedFields(change).map(({ field }) => {
    const name = calledBy(field, change);
    const isSecret = before.id.kind === 'Secret' && dotted(field.path) !== 'type';
    const shown = isSecret ? {} : { from: printableNode(name, field.before), to: printableNode(name, field.after) };
    const place = placeOf(field.before, field.after, after.root);
    return {
      kind: 'immutable',
      move: isApplied ? 'changed' : 'unapplied',
      subject: dotted(field.path),
      ...shown,
      ...place,
    };
  });
}

/** A hook, or an object that Argo CD is told to replace by force, is deleted and created at each sync. */
function isReplaced(object: KubeObject): boolean {
  if (text(object.root, 'metadata', 'name') === undefined) return true;
  return isHook(object) || syncOptions(object).includes('Force=true');
}

function isDefault({ path, before, after }: FieldChange): boolean {
  if (isNothing(before) && isNothing(after)) return true;
  const value = DEFAULTS.get(String(path.at(-1)));
  const [from, to] = [scalar(before), scalar(after)];
  return value !== undefined && (from === undefined || from === value) && (to === undefined || to === value);
}

/** `creationTimestamp: null` and `status: {}`, which generated manifests carry, are as good as absent. */
function isNothing(node: Node | undefined): boolean {
  if (node === undefined) return true;
  if (node.kind === 'map') return node.entries.size === 0;
  return node.kind === 'scalar' ? node.value === null : node.items.length === 0;
}
