import type { Folders } from './folders.ts';
import type { FolderEntry } from './parse-object.ts';
import type { ChangedFile, TreeEntry } from './tree.ts';

/**
 * The paths that differ between two tree objects, sorted; undefined for the empty tree. Folders of equal id are not
 * opened, so the cost follows the change. Throws `GitError` where the clone lacks a tree object.
 */
export async function compareTrees(
  before: string | undefined,
  after: string | undefined,
  folders: Folders,
): Promise<ChangedFile[]> {
  const changed = await compareFolders('', before, after, folders);
  return changed.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function compareFolders(
  path: string,
  before: string | undefined,
  after: string | undefined,
  folders: Folders,
): Promise<ChangedFile[]> {
  if (before === after) return [];
  const [old, now] = await Promise.all(
    [before, after].map(async oid => (oid === undefined ? new Map<string, FolderEntry>() : folders.get(oid))),
  );
  const names = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  const changes = Array.from(names, name =>
    compareEntries(path === '' ? name : `${path}/${name}`, old?.get(name), now?.get(name), folders),
  );
  return (await Promise.all(changes)).flat();
}

async function compareEntries(
  path: string,
  before: FolderEntry | undefined,
  after: FolderEntry | undefined,
  folders: Folders,
): Promise<ChangedFile[]> {
  if (before?.oid === after?.oid && before?.mode === after?.mode) return [];
  const below = await compareFolders(path, folderOid(before), folderOid(after), folders);
  const file = { path, before: fileAt(path, before), after: fileAt(path, after) };
  return file.before === undefined && file.after === undefined ? below : [file, ...below];
}

function folderOid(entry: FolderEntry | undefined): string | undefined {
  return entry?.mode === 'directory' ? entry.oid : undefined;
}

function fileAt(path: string, entry: FolderEntry | undefined): TreeEntry | undefined {
  return entry === undefined || entry.mode === 'directory' ? undefined : { path, mode: entry.mode, oid: entry.oid };
}
