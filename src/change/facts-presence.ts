import { autoscaler } from '../kubernetes/autoscaler.ts';
import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { applicationAdded, applicationRemoved, hookOf, isApplication, isKept } from './facts-application.ts';
import { admissionField } from './facts-identity.ts';
import { isNetworkPolicy } from './facts-network.ts';
import { isBinding, isRole } from './facts-rbac.ts';
import { rights } from './facts-security.ts';
import { stateAdded, stateRemoved } from './facts-state.ts';
import type { Statement } from './statement.ts';

/** What a new object brings. */
export function addedStatements(object: KubeObject): Statement[] {
  const seen = { subject: idLabel(object.id), span: object.root.span, side: 'after' } as const;
  const state = stateAdded(object);
  const what = state.length > 0 ? state : [newObject(object, seen)];
  const allowed = [...rights(object).values()].map(({ name, node }): Statement => {
    return { kind: 'access', move: 'widened', subject: name, span: node.span, side: 'after' };
  });
  return [...what, ...allowed];
}

type Seen = Pick<Statement, 'subject' | 'span' | 'side'>;

function newObject(object: KubeObject, seen: Seen): Statement {
  if (isApplication(object)) return applicationAdded(object);
  if (isRole(object) || isBinding(object)) return { ...seen, kind: 'access', move: 'widened' };
  if (admissionField(object) !== undefined)
    return { ...seen, kind: 'access', move: 'changed', subject: `new ${seen.subject}` };
  // The first policy that selects a pod denies whatever no policy allows.
  if (isNetworkPolicy(object)) return { ...seen, kind: 'access', move: 'changed', subject: `new ${seen.subject}` };
  if (autoscaler(object) !== undefined) return { ...seen, kind: 'autoscaler', move: 'added' };
  const hook = hookOf(object);
  const subject = hook === undefined ? seen.subject : `${hook} hook ${seen.subject}`;
  return { ...seen, kind: 'object', move: 'added', subject };
}

/** Whether the object's deletion takes data with it, or all that an Application applied. */
export function takesMuchWithIt(object: KubeObject): boolean {
  if (isApplication(object)) return applicationRemoved(object).move === 'removed-with-objects';
  return stateRemoved(object).length > 0;
}

/** What goes with an object that is no longer rendered. */
export function removedStatements(object: KubeObject): Statement[] {
  const seen = { subject: idLabel(object.id), span: object.root.span, side: 'before' } as const;
  if (isKept(object)) {
    return [{ ...seen, kind: 'object', move: 'modified', subject: `${seen.subject} is left to itself (Prune=false)` }];
  }
  const state = stateRemoved(object);
  if (state.length > 0) return state;
  if (isApplication(object)) return [applicationRemoved(object)];
  if (autoscaler(object) !== undefined) return [{ ...seen, kind: 'autoscaler', move: 'removed' }];
  if (isRole(object) || isBinding(object) || isNetworkPolicy(object) || object.id.kind === 'ServiceAccount') {
    return [{ ...seen, kind: 'access', move: 'changed', subject: `${seen.subject} removed` }];
  }
  return [{ ...seen, kind: 'object', move: 'removed' }];
}
