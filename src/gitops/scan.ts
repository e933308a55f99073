import { ContentError, type Tree, type TreeEntry } from '../git/tree.ts';
import { folderOf, resolvePath } from '../kustomize/paths.ts';
import {
  type FileFacts,
  factsOf,
  factsOfPath,
  isKustomizationName,
  TELLING,
  UNREADABLE_KUSTOMIZATION,
} from './facts.ts';

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

/** Of more files than these, git says first which are worth reading; to start it costs as much as reading so many. */
const MANY = 1000;

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
  const telling = files.length > MANY ? await tree.filesWith(TELLING) : undefined;
  const toRead = files.filter(entry => {
    const known = factsBefore(entry, telling);
    if (known !== undefined && known !== 'read') facts.set(entry.path, known);
    return known === 'read';
  });
  const one = async (entry: TreeEntry) => {
    try {
      const content = await tree.read(entry);
      const found = entry.mode === 'symlink' ? linkFacts(entry.path, content) : factsOf(entry.path, content);
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
  const queue = toRead.values();
  const worker = async () => {
    for (const entry of queue) {
      await one(entry);
      onFile?.(++done, toRead.length);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return { facts, unread: unread.sort((a, b) => (a.path < b.path ? -1 : 1)), isComplete };
}

/** What is known of a file before it is read. */
function factsBefore(
  { path, mode }: TreeEntry,
  telling: ReadonlySet<string> | undefined,
): FileFacts | 'read' | undefined {
  if (mode === 'submodule' || mode === 'directory') return undefined;
  if (mode === 'symlink') return 'read';
  const facts = factsOfPath(path);
  if (facts === 'read' && telling?.has(path) === false && !isKustomizationName(path)) return undefined;
  return facts;
}

function linkFacts(path: string, content: Buffer): FileFacts {
  const target = content.toString('utf8');
  return { kind: 'link', target: resolvePath(folderOf(path), target) ?? target };
}
