import { createHash } from 'node:crypto';
import type { ChangedFile, Tree, TreeEntry } from '../../src/git/tree.ts';

/** A tree of plain files held in memory, for tests that need no git. Paths from the root, with `/`. */
export function memoryTree(files: Readonly<Record<string, string>>): Tree {
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, contentOf(path, text)]));
  const folders = new Set(['']);
  for (const path of contents.keys()) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.slice(0, slash));
    }
  }
  const entryAt = (path: string): TreeEntry | undefined => {
    const content = contents.get(path);
    if (content !== undefined) return content.entry;
    return folders.has(path) ? { path, mode: 'directory', oid: hash(path) } : undefined;
  };
  const byPath = (a: TreeEntry, b: TreeEntry) => (a.path < b.path ? -1 : 1);
  return {
    id: hash(JSON.stringify(Object.entries(files))),
    entry: async path => entryAt(path),
    list: async folder => {
      if (!folders.has(folder)) return undefined;
      const prefix = folder === '' ? '' : `${folder}/`;
      const children = [...contents.keys(), ...folders].filter(
        path => path !== '' && path.startsWith(prefix) && !path.slice(prefix.length).includes('/') && path !== folder,
      );
      return children.flatMap(path => entryAt(path) ?? []).sort(byPath);
    },
    files: async () => [...contents.keys()].flatMap(path => entryAt(path) ?? []).sort(byPath),
    filesWith: async () => undefined,
    read: async entry => contents.get(entry.path)?.bytes ?? Buffer.alloc(0),
  };
}

/** Made once, as git's objects are: what is known of a file is kept by its bytes. */
function contentOf(path: string, text: string): { entry: TreeEntry; bytes: Buffer } {
  return { entry: { path, mode: 'file', oid: hash(text) }, bytes: Buffer.from(text) };
}

/** What differs between two such trees, as git would tell it. */
export function changedFiles(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): ChangedFile[] {
  const entry = (files: Readonly<Record<string, string>>, path: string): TreeEntry | undefined => {
    const content = files[path];
    return content === undefined ? undefined : { path, mode: 'file', oid: hash(content) };
  };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(path => before[path] !== after[path])
    .sort()
    .map(path => ({ path, before: entry(before, path), after: entry(after, path) }));
}

function hash(content: string): string {
  return createHash('sha1').update(content).digest('hex');
}
