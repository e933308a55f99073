import { GitError } from './error.ts';
import { parseMode } from './parse-object.ts';
import { decodePath, quotePath } from './path.ts';
import type { ChangedFile, TreeEntry } from './tree.ts';

const NUL = 0;

/** `:100644 100755 0123... 4567... M`, the field in front of each path. */
const RAW_FIELD = /^:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*$/;

/** Reads the output of `git diff-index --raw -z --no-renames --no-abbrev`. Throws `GitError` for unmerged paths. */
export function parseRawDiff(output: Buffer): ChangedFile[] {
  const changes: ChangedFile[] = [];
  for (let start = 0; start < output.length; ) {
    const fieldEnd = output.indexOf(NUL, start);
    const pathEnd = output.indexOf(NUL, fieldEnd + 1);
    const field = RAW_FIELD.exec(output.toString('latin1', start, fieldEnd));
    if (fieldEnd < 0 || pathEnd < 0 || field === null) throw new GitError(3, 'git diff-index gave an unknown form');
    const [, oldMode = '', newMode = '', oldOid = '', newOid = '', status] = field;
    const path = decodePath(output.subarray(fieldEnd + 1, pathEnd));
    if (status === 'U') {
      const hint = 'Resolve the conflicts, git add the files, and try again.';
      throw new GitError(3, `cannot read the index: ${quotePath(path)} has merge conflicts`, hint);
    }
    changes.push({ path, before: entryOf(path, oldMode, oldOid), after: entryOf(path, newMode, newOid) });
    start = pathEnd + 1;
  }
  return changes;
}

function entryOf(path: string, octal: string, oid: string): TreeEntry | undefined {
  const mode = parseMode(octal);
  return mode === undefined ? undefined : { path, mode, oid };
}
