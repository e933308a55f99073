import { externalDnsNames, type Hostname, hostnames } from '../kubernetes/hosts.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { at, type Node } from '../yaml/node.ts';
import { type Modified, sideOf, startsWith } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { placeOf, type Statement } from './statement.ts';

/**
 * The hostnames that a unit begins or ceases to serve, over all of its objects: one that moves from one object to
 * another is neither. A name that a certificate had before is not new either.
 */
export function hostStatements(before: readonly KubeObject[], after: readonly KubeObject[]): Statement[] {
  const [had, has] = [served(before), served(after)];
  const known = certified(before);
  const statements: Statement[] = [];
  for (const [host, { object, node }] of has) {
    if (had.has(host) || known.has(host)) continue;
    const place = placeOf(undefined, node, object.root);
    statements.push({ kind: 'hostname', move: 'added', subject: host, to: host, object: object.id, ...place });
  }
  for (const [host, { object, node }] of had) {
    if (has.has(host)) continue;
    const place = placeOf(node, undefined, object.root);
    statements.push({ kind: 'hostname', move: 'removed', subject: host, from: host, object: object.id, ...place });
  }
  return statements;
}

interface Served {
  readonly object: KubeObject;
  readonly node: Node | undefined;
}

function isCertificate({ id }: KubeObject): boolean {
  return id.kind === 'Certificate';
}

function namesOf(object: KubeObject): Hostname[] {
  return [...hostnames(object), ...externalDnsNames(object)];
}

function served(objects: readonly KubeObject[]): Map<string, Served> {
  const found = new Map<string, Served>();
  for (const object of objects) {
    if (isCertificate(object)) continue;
    for (const { host, path } of namesOf(object)) {
      if (!found.has(host)) found.set(host, { object, node: at(object.root, ...path) });
    }
  }
  return found;
}

function certified(objects: readonly KubeObject[]): Set<string> {
  return new Set(objects.filter(isCertificate).flatMap(object => namesOf(object).map(({ host }) => host)));
}

/** Whether the field has hosts of the object in it: what changes there is said of the unit as a whole. */
export function isHostField(field: FieldChange, change: Modified): boolean {
  return namesOf(sideOf(field, change)).some(({ path }) => startsWith(path, field.path));
}
