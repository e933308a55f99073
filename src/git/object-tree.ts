import { GitError } from './error.ts';
import type { Folders } from './folders.ts';
import type { Objects } from './objects.ts';
import type { FolderEntry } from './parse-object.ts';
import { decodePath, isDotGit, quotePath } from './path.ts';
import { ContentError, type Tree, type TreeEntry } from './tree.ts';

/** Bytes of a file that is still read. Larger ones are no manifests; etcd refuses objects of half the size. */
export const MAX_FILE_SIZE = 8 * 1024 * 1024;

/** As Linux: more links in one path are taken for a loop. */
const MAX_LINKS = 40;

/** Bytes of a link's target: the longest path that Linux takes. */
const MAX_TARGET_SIZE = 4096;

const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/');

export interface ObjectTreeParts {
  readonly objects: Pick<Objects, 'get'>;
  readonly folders: Folders;
  /** The tree's object id; `folders` knows it. */
  readonly root: string;
  readonly files: Tree['files'];
  readonly filesWith: Tree['filesWith'];
}

/** A tree over git's objects: folders are read as they are asked for. */
export function objectTree({ objects, folders, root, files, filesWith }: ObjectTreeParts): Tree {
  const known = new Map<string, readonly TreeEntry[]>([['', [{ path: '', mode: 'directory', oid: root }]]]);
  const entry = (path: string) => resolvePath(path, { objects, folders, known });
  return {
    id: root,
    entry,
    list: async path => {
      const folder = await entry(path);
      if (folder?.mode !== 'directory') return undefined;
      const children = Array.from(await folders.get(folder.oid), ([name, child]) => entryOf(folder.path, name, child));
      return children.sort(byPath);
    },
    files,
    filesWith,
    read: file => readFile(file, objects),
  };
}

interface AtPath {
  readonly path: string;
}

export function byPath(a: AtPath, b: AtPath): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

function entryOf(folder: string, name: string, { mode, oid }: FolderEntry): TreeEntry {
  return { path: folder === '' ? name : `${folder}/${name}`, mode, oid };
}

interface Walk extends Pick<ObjectTreeParts, 'objects' | 'folders'> {
  /** The way from the root to each folder that was asked for: most paths stand in one of these. */
  readonly known: Map<string, readonly TreeEntry[]>;
}

/**
 * Walks a path from the root, through links as Linux would. Undefined where nothing stands there, and where a link leads
 * out of the tree, into `.git`, nowhere or in a circle. The entry's path is the one after following links.
 */
async function resolvePath(path: string, { objects, folders, known }: Walk): Promise<TreeEntry | undefined> {
  const slash = path.lastIndexOf('/');
  const folderKnown = known.get(path.slice(0, Math.max(0, slash)));
  const walked = [...(folderKnown ?? known.get('') ?? [])];
  const ahead = components(folderKnown === undefined ? path : path.slice(slash + 1));
  let links = 0;
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    const here = walked.at(-1);
    if (here?.mode !== 'directory' || isDotGit(name)) return undefined;
    if (name === '..') {
      walked.pop();
      continue;
    }
    const folder = folders.get(here.oid);
    // Most folders are known after a while, and tens of thousands of waits are slow.
    const child = (folder instanceof Promise ? await folder : folder).get(name);
    if (child === undefined) return undefined;
    if (child.mode !== 'symlink') {
      walked.push(entryOf(here.path, name, child));
      continue;
    }
    const target = await readTarget(child.oid, objects);
    if (target === undefined || ++links > MAX_LINKS) return undefined;
    ahead.push(...components(target));
  }
  const found = walked.at(-1);
  if (found?.mode === 'directory') known.set(path, walked);
  return found;
}

/** The components of a path, the last first. */
function components(path: string): string[] {
  return path
    .split('/')
    .filter(name => name !== '' && name !== '.')
    .reverse();
}

/** Where a link leads, relative to its folder; undefined for an absolute path and for what is no path. */
async function readTarget(oid: string, objects: Pick<Objects, 'get'>): Promise<string | undefined> {
  const content = (await objects.get(oid, MAX_TARGET_SIZE))?.content;
  if (content === undefined || content.length === 0 || content.includes(0)) return undefined;
  const target = decodePath(content);
  return target.startsWith('/') ? undefined : target;
}

async function readFile(file: TreeEntry, objects: Pick<Objects, 'get'>): Promise<Buffer> {
  const unavailable = (why: string) =>
    new ContentError('content-not-available', file.path, `${quotePath(file.path)} ${why}`);
  if (file.mode === 'submodule') throw unavailable('is a submodule: its content is in another repository');
  const object = await objects.get(file.oid, MAX_FILE_SIZE);
  if (object === undefined) throw unavailable('is not in this clone: the clone is partial or damaged');
  if (object.type !== 'blob') throw new GitError(3, `${quotePath(file.path)} is no file but a ${object.type}`);
  if (object.content === undefined) {
    const message = `${quotePath(file.path)} has ${object.size} bytes, more than the ${MAX_FILE_SIZE} that are read`;
    throw new ContentError('file-too-large', file.path, message);
  }
  if (isLfsPointer(object.content)) throw unavailable('is a Git LFS pointer: its content is not in git');
  return object.content;
}

function isLfsPointer(content: Buffer): boolean {
  return content.length < 1024 && content.subarray(0, LFS_POINTER.length).equals(LFS_POINTER);
}
