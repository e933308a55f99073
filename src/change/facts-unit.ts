import type { Unit } from '../gitops/unit.ts';
import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import { type Span, startOf } from '../yaml/node.ts';
import { applicationAdded, isApplication, isKept } from './facts-application.ts';
import { hostStatements } from './facts-hosts.ts';
import { isBinding, isRole } from './facts-rbac.ts';
import { stateAdded, stateRemoved } from './facts-state.ts';
import type { Statement } from './statement.ts';

/** A unit that is new as a whole: what it brings, without a word on each of its parts. */
export function newUnitStatements(unit: Unit, after: Rendered): Statement[] {
  const span = placeOfUnit(unit, after);
  // A file of Applications is told by these.
  const isSelfTold = unit.kind === 'manifests' && after.objects.every(isApplication);
  const statements: Statement[] = isSelfTold
    ? []
    : [{ kind: 'application', move: 'added', subject: nameOf(unit), span, side: 'after' }];
  statements.push(...hostStatements([], after.objects));
  const rights = after.objects.filter(isClusterWide);
  const [right] = rights;
  if (right !== undefined) {
    const subject = counted(rights, 'ClusterRoles and bindings');
    statements.push({
      kind: 'access',
      move: 'widened',
      subject,
      object: right.id,
      span: right.root.span,
      side: 'after',
    });
  }
  const plain: KubeObject[] = [];
  for (const object of after.objects) {
    const told = isApplication(object) ? [applicationAdded(object)] : stateAdded(object);
    statements.push(...told.map(statement => ({ object: object.id, ...statement })));
    if (told.length === 0 && !isClusterWide(object)) plain.push(object);
  }
  const [first] = plain;
  if (first !== undefined) {
    const subject = counted(plain, 'objects');
    statements.push({ kind: 'object', move: 'added', subject, span: first.root.span, side: 'after' });
  }
  return statements;
}

/** What no Application names says what it is. */
function nameOf({ kind, name, application }: Unit): string {
  if (application !== undefined) return name;
  if (kind === 'kustomization' || kind === 'manifests') return `${kind} ${name}`;
  return kind === 'helm-chart' ? `chart ${name}` : name;
}

/** Rights in the whole cluster deserve a line even in a new unit. */
function isClusterWide(object: KubeObject): boolean {
  return object.id.kind.startsWith('Cluster') && (isRole(object) || isBinding(object));
}

/**
 * A unit that is gone as a whole. An Application without the finalizer leaves its objects in the cluster; where no
 * Application is known, nothing is known that deletes them.
 */
export function removedUnitStatements(unit: Unit, before: Rendered): Statement[] {
  // A file of values is told by the chart that it fills in.
  if (unit.kind === 'manifests' && before.objects.length === 0) return [];
  const stays = unit.application !== undefined && !unit.application.cascades;
  const move = unit.application?.cascades ? 'removed-with-objects' : 'removed';
  const span = placeOfUnit(unit, before);
  const statements: Statement[] = [{ kind: 'application', move, subject: nameOf(unit), span, side: 'before' }];
  if (stays) return statements;
  statements.push(...hostStatements(before.objects, []));
  const plain: KubeObject[] = [];
  for (const object of before.objects) {
    const told = isKept(object)
      ? []
      : lossesOf(object).map(loss => (unit.application === undefined ? left(loss, object) : loss));
    statements.push(...told.map(statement => ({ ...statement, object: object.id })));
    if (told.length === 0) plain.push(object);
  }
  const [first] = plain;
  if (first !== undefined) {
    const subject = counted(plain, 'objects');
    const move = unit.application === undefined ? 'left' : 'removed';
    statements.push({ kind: 'object', move, subject, span: first.root.span, side: 'before' });
  }
  return statements;
}

/** An API of the cluster is more than an object among others: whatever reads it fails. */
function lossesOf(object: KubeObject): Statement[] {
  if (object.id.kind !== 'APIService') return stateRemoved(object);
  return [{ kind: 'object', move: 'removed', subject: idLabel(object.id), span: object.root.span, side: 'before' }];
}

/** Data goes only with an object that something deletes, and so does an API. */
function left(loss: Statement, { id }: KubeObject): Statement {
  const isGone = (loss.kind === 'state' || loss.kind === 'object') && loss.move === 'removed';
  return isGone ? { ...loss, move: 'left', subject: idLabel(id) } : loss;
}

function counted(objects: readonly KubeObject[], what: string): string {
  const [first] = objects;
  return objects.length === 1 && first !== undefined ? idLabel(first.id) : `${objects.length} ${what}`;
}

/** Where to point for a unit as a whole: the Application's manifest, or what it is made from. */
function placeOfUnit({ application, folders, name }: Unit, rendered: Rendered): Span {
  const file = application?.file;
  const found = rendered.objects[0]?.root.span ?? rendered.gaps[0]?.span ?? rendered.problems[0]?.span;
  if (file === undefined && found !== undefined) return found;
  return startOf(file ?? rendered.files[0] ?? folders[0] ?? name);
}
