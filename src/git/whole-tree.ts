import type { Folders } from './folders.ts';
import type { Git } from './locate.ts';
import { byPath } from './object-tree.ts';
import { parseMode } from './parse-object.ts';
import { decodePath } from './path.ts';
import { readGit, runGit } from './run.ts';
import type { Tree, TreeEntry } from './tree.ts';

const MODE_DIGITS = 6;

/** What is asked of all files of a tree object, by a git that runs at the top of the work tree: it searches below there. */
export function wholeTree(root: string, git: Git): Pick<Tree, 'files' | 'filesWith'> {
  return { files: () => listFiles(root, git), filesWith: texts => filesWith(root, texts, git) };
}

/** Every file, link and submodule of a tree object, sorted by path. */
async function listFiles(root: string, git: Git): Promise<TreeEntry[]> {
  const text = decodePath(await readGit(git, ['ls-tree', '-r', '-z', '--full-tree', root]));
  const files: TreeEntry[] = [];
  for (let start = 0; start < text.length; ) {
    // `100644 blob 0123...`, a tab, the path, a zero byte
    const zero = text.indexOf('\0', start);
    const end = zero < 0 ? text.length : zero;
    const tab = text.indexOf('\t', start);
    const mode = parseMode(text.slice(start, start + MODE_DIGITS));
    if (mode !== undefined)
      files.push({ path: text.slice(tab + 1, end), mode, oid: text.slice(tab - root.length, tab) });
    start = end + 1;
  }
  return files.sort(byPath);
}

/** The same by folders that are known, or soon are: trees of a row of commits have nearly all of them in common. */
export async function filesBelow(root: string, folders: Folders): Promise<TreeEntry[]> {
  const files: TreeEntry[] = [];
  const walk = async (above: string, id: string): Promise<void> => {
    const folder = folders.get(id);
    const below: Promise<void>[] = [];
    for (const [name, { mode, oid }] of folder instanceof Promise ? await folder : folder) {
      if (mode === 'directory') below.push(walk(`${above}${name}/`, oid));
      else files.push({ path: above + name, mode, oid });
    }
    await Promise.all(below);
  };
  await walk('', root);
  return files.sort(byPath);
}

/**
 * The paths of the files of a tree object that hold one of the texts, which have no line feeds. git searches where its
 * objects lie, on every core, in a fraction of the time that it takes to hand them over. Undefined where it could not
 * look at each of them, as in a partial clone.
 */
async function filesWith(root: string, texts: readonly Buffer[], git: Git): Promise<ReadonlySet<string> | undefined> {
  const options = [
    '--files-with-matches',
    '--null',
    '--text',
    '--fixed-strings',
    '--no-color',
    '--no-recurse-submodules',
  ];
  const input = Buffer.concat(texts.flatMap(text => [text, Buffer.from('\n')]));
  const { status, stdout, error } = await runGit(git, ['grep', ...options, '-f', '-', root], { input });
  if (status > 1 || error !== '') return undefined;
  // `0123...:path` and a zero byte, for each
  const found = decodePath(stdout).split('\0').slice(0, -1);
  return new Set(found.map(line => line.slice(root.length + 1)));
}
