import type { Folders } from './folders.ts';
import { byPath } from './object-tree.ts';
import type { FolderEntry } from './parse-object.ts';
import type { ChangedFile, TreeEntry } from './tree.ts';

/** A change below some folder: the path from there. */
interface Step {
  readonly path: string;
  readonly after: FolderEntry | undefined;
}

/**
 * The id of the tree that a tree becomes by the changes: the one that git would give it. The changed folders are made
 * known to `folders`; nothing is written.
 */
export async function applyChanges(root: string, changes: readonly ChangedFile[], folders: Folders): Promise<string> {
  const steps = changes.map(({ path, after }) => ({ path, after: after && { mode: after.mode, oid: after.oid } }));
  return (await changeFolder(root, steps, folders)) ?? folders.add(new Map());
}

/** The id of the folder after the changes; undefined where nothing is left in it. */
async function changeFolder(
  oid: string | undefined,
  steps: readonly Step[],
  folders: Folders,
): Promise<string | undefined> {
  const entries = new Map(oid === undefined ? [] : await folders.get(oid));
  const below = new Map<string, Step[]>();
  for (const { path, after } of steps) {
    const slash = path.indexOf('/');
    if (slash < 0) continue;
    const rest = below.get(path.slice(0, slash)) ?? [];
    rest.push({ path: path.slice(slash + 1), after });
    below.set(path.slice(0, slash), rest);
  }
  // Together: to ask git for one after the other takes a moment for each.
  const folder = async ([name, rest]: [string, Step[]]) => {
    const old = entries.get(name);
    const isFolder = old?.mode === 'directory';
    return { name, wasFolder: isFolder, changed: await changeFolder(isFolder ? old.oid : undefined, rest, folders) };
  };
  for (const { name, wasFolder, changed } of await Promise.all(Array.from(below, folder))) {
    if (changed !== undefined) entries.set(name, { mode: 'directory', oid: changed });
    else if (wasFolder) entries.delete(name);
  }
  // A file that gives way to a folder is removed only where the folder did not take its place, and the other way round.
  for (const { path, after } of steps) {
    if (path.includes('/')) continue;
    if (after !== undefined) entries.set(path, after);
    else if (!below.has(path)) entries.delete(path);
  }
  return entries.size === 0 ? undefined : folders.add(entries);
}

/** The list of files after the changes, sorted by path. */
export function applyToFiles(files: readonly TreeEntry[], changes: readonly ChangedFile[]): readonly TreeEntry[] {
  if (changes.length === 0) return files;
  const changed = new Set(changes.map(change => change.path));
  const added = changes.flatMap(change => change.after ?? []);
  return [...files.filter(file => !changed.has(file.path)), ...added].sort(byPath);
}
