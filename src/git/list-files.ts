import type { Folders } from './folders.ts';
import type { Git } from './locate.ts';
import { byPath } from './object-tree.ts';
import { type FolderEntry, parseMode } from './parse-object.ts';
import { decodePath } from './path.ts';
import { readGit } from './run.ts';
import type { TreeEntry } from './tree.ts';

const MODE_DIGITS = 6;

/**
 * Every file, link and submodule of a tree object, sorted by path. Its folders become known to `folders`: whoever lists
 * all files looks into many folders next, and one by one they would cost more than this.
 */
export async function listFiles(root: string, folders: Folders, git: Git): Promise<TreeEntry[]> {
  const output = await readGit(git, ['ls-tree', '-r', '-t', '-z', '--full-tree', root]);
  const files: TreeEntry[] = [];
  const seen = new Map([['', { oid: root, children: new Map<string, FolderEntry>() }]]);
  for (const line of decodePath(output).split('\0')) {
    // `100644 blob 0123...`, a tab, the path
    const tab = line.indexOf('\t');
    const mode = parseMode(line.slice(0, MODE_DIGITS));
    if (mode === undefined) continue;
    const oid = line.slice(tab - root.length, tab);
    const path = line.slice(tab + 1);
    const slash = path.lastIndexOf('/');
    seen.get(path.slice(0, Math.max(slash, 0)))?.children.set(path.slice(slash + 1), { mode, oid });
    if (mode === 'directory') seen.set(path, { oid, children: new Map() });
    else files.push({ path, mode, oid });
  }
  for (const { oid, children } of seen.values()) folders.set(oid, children);
  return files.sort(byPath);
}
