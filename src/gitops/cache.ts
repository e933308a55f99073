import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

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
const VERSION = 'deploy-lint facts 5';
/** Trees of one repository that are kept: branches that somebody works on in turn. */
const MAX_KEPT = 4;
const MAX_BYTES = 64 * 1024 * 1024;
const TREE_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The cache of a repository, by the folder of its work tree, below `XDG_CACHE_HOME` or `~/.cache`. Undefined where the
 * environment names neither.
 */
export function openCache({ top, env }: { top: string; env: NodeJS.ProcessEnv }): FactCache | undefined {
  const { XDG_CACHE_HOME: xdg, HOME: home } = env;
  const root = xdg !== undefined && isAbsolute(xdg) ? xdg : home && isAbsolute(home) ? join(home, '.cache') : undefined;
  if (root === undefined) return undefined;
  const folder = join(root, 'deploy-lint', createHash('sha256').update(top).digest('hex').slice(0, 24));
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
  const exact = await readFacts(folder, treeId);
  if (exact !== undefined) return { treeId, text: exact };
  for (const kept of await newestFirst(folder)) {
    const text = kept === treeId ? undefined : await readFacts(folder, kept);
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

/** The text of a file of ours that is whole; undefined for any other. */
async function readFacts(folder: string, treeId: string): Promise<string | undefined> {
  const content = TREE_ID.test(treeId) ? await readOwnFile(join(folder, treeId)) : undefined;
  const newline = content?.indexOf(0x0a) ?? -1;
  if (content === undefined || newline < 0) return undefined;
  const facts = content.subarray(newline + 1);
  return content.toString('latin1', 0, newline) === header(treeId, facts) ? facts.toString('latin1') : undefined;
}

function header(treeId: string, facts: Buffer): string {
  return `${VERSION} ${treeId} ${createHash('sha1').update(facts).digest('hex')}`;
}

/** The content of a plain file of this user that is no link and of a reasonable size. */
async function readOwnFile(path: string): Promise<Buffer | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size, uid } = await file.stat();
    // There are no such ids on Windows, where the folder of the user is the user's alone.
    const isOurs = userInfo().uid < 0 || uid === userInfo().uid;
    if (!isOurs || size > MAX_BYTES) return undefined;
    // One read: `readFile` asks for small pieces, which takes five times as long.
    const content = Buffer.allocUnsafe(size);
    const { bytesRead } = await file.read(content, 0, size, 0);
    return bytesRead === size ? content : undefined;
  } finally {
    await file.close();
  }
}

async function writeFacts(folder: string, treeId: string, text: string): Promise<void> {
  if (!TREE_ID.test(treeId)) return;
  const facts = Buffer.from(text, 'latin1');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${treeId}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${header(treeId, facts)}\n`);
      await file.writeFile(facts);
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, treeId));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const old = (await newestFirst(folder)).slice(MAX_KEPT);
  await Promise.all(old.map(kept => rm(join(folder, kept), { force: true })));
}
