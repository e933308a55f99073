import { isImmutable } from '../kubernetes/immutable.ts';
import { annotation, type KubeObject } from '../kubernetes/object.ts';
import { scalar } from '../yaml/node.ts';
import { dotted, type Modified } from './aspect.ts';
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
]);

/** The fields that the API server does not let change, so that the sync fails. */
export function immutableStatements(change: Modified): Statement[] {
  const { before, after } = change;
  const isRenamed = before.id.name !== after.id.name;
  if (isRenamed || isReplaced(before) || isReplaced(after)) return [];
  return change.fields.flatMap(field => {
    if (isImmutable(before, field.path, after) === undefined || isDefault(field)) return [];
    const name = String(field.path.at(-1));
    const isSecret = before.id.kind === 'Secret' && dotted(field.path) !== 'type';
    const shown = isSecret ? {} : { from: printableNode(name, field.before), to: printableNode(name, field.after) };
    const place = placeOf(field.before, field.after, after.root);
    return [{ kind: 'immutable', move: 'changed', subject: dotted(field.path), ...shown, ...place }];
  });
}

/** A hook, or an object that Argo CD is told to replace by force, is deleted and created at each sync. */
function isReplaced(object: KubeObject): boolean {
  const hook = annotation(object, 'argocd.argoproj.io/hook') ?? annotation(object, 'helm.sh/hook');
  const options = annotation(object, 'argocd.argoproj.io/sync-options') ?? '';
  return hook !== undefined || /(^|,)\s*Force=true\b/.test(options);
}

function isDefault({ path, before, after }: FieldChange): boolean {
  const value = DEFAULTS.get(String(path.at(-1)));
  const [from, to] = [scalar(before), scalar(after)];
  return value !== undefined && (from === undefined || from === value) && (to === undefined || to === value);
}
