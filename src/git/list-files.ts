import type { Git } from './locate.ts';
import { byPath } from './object-tree.ts';
import { parseMode } from './parse-object.ts';
import { decodePath } from './path.ts';
import { readGit } from './run.ts';
import type { TreeEntry } from './tree.ts';

const MODE_DIGITS = 6;

/** Every file, link and submodule of a tree object, sorted by path. */
export async function listFiles(root: string, git: Git): Promise<TreeEntry[]> {
  const text = decodePath(await readGit(git, ['ls-tree', '-r', '-z', '--full-tree', root]));
  const files: TreeEntry[] = [];
  for (let start = 0; start < text.length; ) {
    // `100644 blob 0123...`, a tab, the path, a zero byte
    const zero = text.indexOf('\0', start);
    const end = zero < 0 ? text.length : zero;
    const tab = text.indexOf('\t', start);
    const mode = parseMode(text.slice(start, start + MODE_DIGITS));
    if (mode !== undefined)
      files.push({ path: text.slice(tab + 1, end), mode, oid: text.slice(tab - root.length, tab) });
    start = end + 1;
  }
  return files.sort(byPath);
}
