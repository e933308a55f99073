import type { GitObject } from './batch.ts';
import type { Objects } from './objects.ts';

/** Bytes of content that are kept: what the trees of a few hundred commits in a row have in common. */
const MAX_KEPT = 16 * 1024 * 1024;

const FULL_OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Objects of which the last read are kept, for who looks at many trees in a row: most files are the same in all of them,
 * and the same content is then the same buffer.
 */
export function keepObjects(objects: Pick<Objects, 'get'>): Pick<Objects, 'get'> {
  const kept = new Map<string, GitObject>();
  let bytes = 0;
  const keep = (object: GitObject) => {
    if (object.content === undefined || kept.has(object.oid)) return;
    kept.set(object.oid, object);
    bytes += object.size;
    for (const [oid, { size }] of kept) {
      if (bytes <= MAX_KEPT) break;
      kept.delete(oid);
      bytes -= size;
    }
  };
  return {
    get: async (name, limit) => {
      const known = FULL_OID.test(name) ? kept.get(name) : undefined;
      if (known !== undefined && known.size <= limit) {
        // The ones read last stand last.
        kept.delete(name);
        kept.set(name, known);
        return known;
      }
      const object = await objects.get(name, limit);
      if (object !== undefined && object.oid === name) keep(object);
      return object;
    },
  };
}
