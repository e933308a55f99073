import type { KubeObject } from '../kubernetes/object.ts';
import { containers, podTemplate } from '../kubernetes/workload.ts';
import { at, items, type Node, type Path, scalar, text } from '../yaml/node.ts';
import { type Aspect, templateField } from './aspect.ts';
import { placeOf, type Statement } from './statement.ts';

/** One right beyond what a plain pod has, with where it is given. */
export interface Right {
  readonly name: string;
  readonly node: Node;
}

/** Fields that open the node to the pod; Pod Security Standards, "Baseline" and "Restricted". */
const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'];

/** What a pod may do on its node and to itself beyond the ordinary. */
export function rights(object: KubeObject): Map<string, Right> {
  const spec = at(podTemplate(object)?.node, 'spec');
  const found = new Map<string, Right>();
  const add = (name: string, node: Node | undefined) => {
    if (node !== undefined) found.set(name, { name, node });
  };
  for (const field of HOST_FIELDS) if (scalar(spec, field) === true) add(field, at(spec, field));
  for (const volume of items(at(spec, 'volumes'))) {
    const path = text(volume, 'hostPath', 'path');
    if (path !== undefined) add(`hostPath ${path}`, at(volume, 'hostPath', 'path'));
  }
  contextRights(at(spec, 'securityContext'), 'pod', add);
  for (const { name, node } of containers(object)) contextRights(at(node, 'securityContext'), name, add);
  return found;
}

function contextRights(context: Node | undefined, owner: string, add: (name: string, node: Node | undefined) => void) {
  if (scalar(context, 'privileged') === true) add(`${owner}: privileged`, at(context, 'privileged'));
  if (scalar(context, 'allowPrivilegeEscalation') === true) {
    add(`${owner}: allowPrivilegeEscalation`, at(context, 'allowPrivilegeEscalation'));
  }
  if (scalar(context, 'runAsUser') === 0) add(`${owner}: runs as root`, at(context, 'runAsUser'));
  if (scalar(context, 'runAsNonRoot') === false) add(`${owner}: may run as root`, at(context, 'runAsNonRoot'));
  if (text(context, 'seccompProfile', 'type') === 'Unconfined') {
    add(`${owner}: seccomp Unconfined`, at(context, 'seccompProfile', 'type'));
  }
  for (const capability of items(at(context, 'capabilities', 'add'))) {
    add(`${owner}: capability ${String(scalar(capability))}`, capability);
  }
}

/** The rights of pods on their nodes, and the account that they run as. */
export const security: Aspect = {
  claims(field, change) {
    const { rest = [], container } = templateField(field, change) ?? {};
    if (container !== undefined) return rest[0] === 'securityContext';
    return rest[0] === 'spec' && SECURITY_FIELDS.has(String(rest[1]));
  },
  state(_fields, { before, after }) {
    const [had, has] = [rights(before), rights(after)];
    const statements: Statement[] = [];
    for (const [name, { node }] of has) {
      if (!had.has(name))
        statements.push({ kind: 'access', move: 'widened', subject: name, span: node.span, side: 'after' });
    }
    for (const [name, { node }] of had) {
      if (!has.has(name))
        statements.push({ kind: 'access', move: 'narrowed', subject: name, span: node.span, side: 'before' });
    }
    return [...statements, ...accountStatements(before, after)];
  },
};

const SECURITY_FIELDS = new Set([...HOST_FIELDS, 'securityContext', 'volumes', 'serviceAccountName']);

function accountStatements(before: KubeObject, after: KubeObject): Statement[] {
  const path: Path = [...(podTemplate(after)?.path ?? []), 'spec', 'serviceAccountName'];
  const [old, now] = [at(before.root, ...path), at(after.root, ...path)];
  const [from, to] = [text(old) ?? 'default', text(now) ?? 'default'];
  if (from === to) return [];
  const place = placeOf(old, now, after.root);
  return [{ kind: 'access', move: 'changed', subject: 'serviceAccountName', from, to, ...place }];
}
