import { ContentError, type Tree, type TreeEntry } from '../git/tree.ts';
import { folderOf, resolvePath } from '../kustomize/paths.ts';
import { type FileFacts, factsOf, factsOfPath, isKustomizationName, UNREADABLE_KUSTOMIZATION } from './facts.ts';

export interface Scan {
  /** The files that mean something for the map. */
  readonly facts: ReadonlyMap<string, FileFacts>;
  /** Kustomizations that could not be read, so that what they include is not known. */
  readonly unread: readonly ContentError[];
  /** Nothing was missing that may be there the next time. */
  readonly isComplete: boolean;
}

/** Files that are asked for at a time: git never waits for the next, and what was read soon makes room. */
const IN_FLIGHT = 512;

/**
 * Reads the facts of the files.
 *
 * @param onFile Called as it goes on.
 */
export async function scan(
  tree: Tree,
  files: readonly TreeEntry[],
  onFile?: (done: number, of: number) => void,
): Promise<Scan> {
  const facts = new Map<string, FileFacts>();
  const unread: ContentError[] = [];
  let isComplete = true;
  let done = 0;
  const one = async (entry: TreeEntry) => {
    try {
      const found = await entryFacts(tree, entry);
      if (found !== undefined) facts.set(entry.path, found);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      isComplete &&= error.code !== 'content-not-available';
      // Other files tell at most the name of a unit. Where one of them is rendered, that it is unreadable comes to light.
      if (!isKustomizationName(entry.path)) return;
      unread.push(error);
      facts.set(entry.path, UNREADABLE_KUSTOMIZATION);
    }
  };
  const queue = files.values();
  const worker = async () => {
    for (const entry of queue) {
      await one(entry);
      onFile?.(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return { facts, unread: unread.sort((a, b) => (a.path < b.path ? -1 : 1)), isComplete };
}

function entryFacts(tree: Tree, entry: TreeEntry): Promise<FileFacts | undefined> | FileFacts | undefined {
  if (entry.mode === 'submodule' || entry.mode === 'directory') return undefined;
  if (entry.mode === 'symlink') return tree.read(entry).then(target => linkFacts(entry.path, target.toString('utf8')));
  const facts = factsOfPath(entry.path);
  return facts === 'read' ? tree.read(entry).then(content => factsOf(entry.path, content)) : facts;
}

function linkFacts(path: string, target: string): FileFacts {
  return { kind: 'link', target: resolvePath(folderOf(path), target) ?? target };
}
