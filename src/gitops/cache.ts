import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { readOwnFile, writeOwnFile } from './own-file.ts';

/** Facts of trees kept between runs, outside of the repository. */
export interface FactCache {
  /** The facts of the tree with the id, or else those kept last; undefined where there are none to trust. */
  read(treeId: string): Promise<KeptFacts | undefined>;
  /** Keeps the facts of a tree. Never fails: a cache that cannot be written is no cache. */
  write(treeId: string, text: string): Promise<void>;
}

export interface KeptFacts {
  readonly treeId: string;
  readonly text: string;
}

/** Changes with the meaning of the facts: facts of another version are not read. */
const VERSION = 'deploy-lint facts 12';
/** Trees of one repository that are kept: branches that somebody works on in turn. */
const MAX_KEPT = 4;
const TREE_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

interface Place {
  /** The folder of the work tree: each repository has a cache of its own. */
  readonly top: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The folder for all that is kept, in `XDG_CACHE_HOME` or `~/.cache`. Undefined where the environment names neither. */
export function cacheRoot({ XDG_CACHE_HOME: xdg, HOME: home }: Place['env']): string | undefined {
  const root = xdg !== undefined && isAbsolute(xdg) ? xdg : home && isAbsolute(home) ? join(home, '.cache') : undefined;
  return root && join(root, 'deploy-lint');
}

/** The folder for what is kept of a repository; undefined where there is none for anything. */
export function cacheFolder({ top, env }: Place): string | undefined {
  const root = cacheRoot(env);
  return root && join(root, createHash('sha256').update(top).digest('hex').slice(0, 24));
}

/** The cache of a repository; undefined where there is no folder for it. */
export function openCache(place: Place): FactCache | undefined {
  const folder = cacheFolder(place);
  if (folder === undefined) return undefined;
  return {
    read: treeId => quietly(() => readNewest(folder, treeId)),
    write: (treeId, text) => quietly(() => writeFacts(folder, treeId, text)),
  };
}

/** The cache only saves time. Whatever is wrong with it, the answer is the same without it. */
async function quietly<Result>(use: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await use();
  } catch {
    return undefined;
  }
}

async function readNewest(folder: string, treeId: string): Promise<KeptFacts | undefined> {
  const exact = readFacts(folder, treeId);
  if (exact !== undefined) return { treeId, text: exact };
  for (const kept of await newestFirst(folder)) {
    const text = kept === treeId ? undefined : readFacts(folder, kept);
    if (text !== undefined) return { treeId: kept, text };
  }
  return undefined;
}

/** Ids of the trees that are kept. */
async function newestFirst(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter(name => TREE_ID.test(name));
  const times = await Promise.all(names.map(async name => ({ name, time: (await stat(join(folder, name))).mtimeMs })));
  return times.sort((a, b) => b.time - a.time).map(({ name }) => name);
}

function readFacts(folder: string, treeId: string): string | undefined {
  const facts = TREE_ID.test(treeId) ? readOwnFile(join(folder, treeId), `${VERSION} ${treeId}`) : undefined;
  return facts?.toString('latin1');
}

async function writeFacts(folder: string, treeId: string, text: string): Promise<void> {
  if (!TREE_ID.test(treeId)) return;
  const content = Buffer.from(text, 'latin1');
  await writeOwnFile({ folder, name: treeId, heading: `${VERSION} ${treeId}`, content });
  const old = (await newestFirst(folder)).slice(MAX_KEPT);
  await Promise.all(old.map(kept => rm(join(folder, kept), { force: true })));
}
