import { GitError } from './error.ts';
import { parseMode } from './parse-object.ts';
import { decodePath, quotePath } from './path.ts';
import type { ChangedFile, TreeEntry } from './tree.ts';

/** `:100644 100755 0123... 4567... M`, the field in front of each path. */
const FIELD = /^:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])$/;

/** Reads the output of `git diff-index --raw -z --no-renames --no-abbrev`. Throws `GitError` for unmerged paths. */
export function parseRawDiff(output: Buffer): ChangedFile[] {
  const fields = decodePath(output).split('\0');
  const changes: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, oldMode, newMode, oldOid, newOid, status] = FIELD.exec(fields[index] ?? '') ?? [];
    const path = fields[index + 1];
    if (status === undefined || path === undefined) throw new GitError(3, 'git diff-index gave an unknown form');
    if (status === 'U') {
      const hint = 'Resolve the conflicts, git add the files, and try again.';
      throw new GitError(3, `cannot read the index: ${quotePath(path)} has merge conflicts`, hint);
    }
    changes.push({ path, before: entryOf(path, oldMode, oldOid), after: entryOf(path, newMode, newOid) });
  }
  return changes;
}

function entryOf(path: string, octal = '', oid = ''): TreeEntry | undefined {
  const mode = parseMode(octal);
  return mode === undefined ? undefined : { path, mode, oid };
}
