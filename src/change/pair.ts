import { hasHash, withoutHash } from '../kubernetes/affixes.ts';
import { idKey, type KubeObject, type ObjectId } from '../kubernetes/object.ts';
import type { ObjectChange } from './change.ts';
import { differences } from './diff.ts';

/**
 * Pairs the objects of two sides by identity, a generated ConfigMap or Secret also with its predecessor under another
 * hash, and returns what differs, in the order of the after side with what is gone at the end.
 *
 * @param namespace That of objects which name none.
 */
export function compareObjects(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  namespace: string,
): ObjectChange[] {
  const left = byIdentity(before, namespace);
  const paired = after.map(now => ({ now, old: left.get(keyOf(now.id, namespace))?.shift() }));
  const gone = new Set([...left.values()].flat());
  const changes: ObjectChange[] = [];
  for (const { now, old } of paired) {
    const predecessor = old ?? predecessorOf(now, gone, namespace);
    if (predecessor === undefined) changes.push({ kind: 'added', after: now });
    else {
      gone.delete(predecessor);
      const fields = differences(predecessor.root, now.root);
      if (fields.length > 0) changes.push({ kind: 'modified', before: predecessor, after: now, fields });
    }
  }
  for (const object of before) if (gone.has(object)) changes.push({ kind: 'removed', before: object });
  return changes;
}

/** A list for each identity: a folder of plain manifests may hold one object twice. */
function byIdentity(objects: readonly KubeObject[], namespace: string): Map<string, KubeObject[]> {
  const map = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const key = keyOf(object.id, namespace);
    const list = map.get(key);
    if (list === undefined) map.set(key, [object]);
    else list.push(object);
  }
  return map;
}

function keyOf(id: ObjectId, namespace: string): string {
  return id.namespace === '' ? idKey({ ...id, namespace }) : idKey(id);
}

function predecessorOf(now: KubeObject, gone: ReadonlySet<KubeObject>, namespace: string): KubeObject | undefined {
  if (!isGenerated(now.id)) return undefined;
  for (const old of gone) {
    const name = now.id.name;
    const sameOtherwise = keyOf({ ...old.id, name }, namespace) === keyOf(now.id, namespace);
    if (isGenerated(old.id) && sameOtherwise && withoutHash(old.id.name) === withoutHash(name)) return old;
  }
  return undefined;
}

function isGenerated({ group, kind, name }: ObjectId): boolean {
  return group === '' && (kind === 'ConfigMap' || kind === 'Secret') && hasHash(name);
}
