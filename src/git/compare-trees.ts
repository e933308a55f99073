import type { Folders } from './folders.ts';
import { byPath } from './object-tree.ts';
import type { Folder, FolderEntry } from './parse-object.ts';
import type { ChangedFile, TreeEntry } from './tree.ts';

const EMPTY: Folder = new Map();

/**
 * The paths that differ between two tree objects, sorted; undefined for the empty tree. Folders of equal id are not
 * opened, so the cost follows the change. Throws `GitError` where the clone lacks a tree object.
 */
export async function compareTrees(
  before: string | undefined,
  after: string | undefined,
  folders: Folders,
): Promise<ChangedFile[]> {
  const changes: ChangedFile[] = [];
  await compareFolders('', before, after, { folders, changes });
  return changes.sort(byPath);
}

async function compareFolders(
  path: string,
  before: string | undefined,
  after: string | undefined,
  comparison: { readonly folders: Folders; readonly changes: ChangedFile[] },
): Promise<void> {
  const { folders, changes } = comparison;
  const [old, now] = await Promise.all([
    before === undefined ? EMPTY : folders.get(before),
    after === undefined ? EMPTY : folders.get(after),
  ]);
  const below: Promise<void>[] = [];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [a, b] = [old.get(name), now.get(name)];
    if (a?.oid === b?.oid && a?.mode === b?.mode) continue;
    const child = path === '' ? name : `${path}/${name}`;
    const [fileBefore, fileAfter] = [fileAt(child, a), fileAt(child, b)];
    if (fileBefore !== undefined || fileAfter !== undefined) {
      changes.push({ path: child, before: fileBefore, after: fileAfter });
    }
    const [folderBefore, folderAfter] = [folderAt(a), folderAt(b)];
    if (folderBefore !== folderAfter) below.push(compareFolders(child, folderBefore, folderAfter, comparison));
  }
  await Promise.all(below);
}

function folderAt(entry: FolderEntry | undefined): string | undefined {
  return entry?.mode === 'directory' ? entry.oid : undefined;
}

function fileAt(path: string, entry: FolderEntry | undefined): TreeEntry | undefined {
  return entry === undefined || entry.mode === 'directory' ? undefined : { path, mode: entry.mode, oid: entry.oid };
}
