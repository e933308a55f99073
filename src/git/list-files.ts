import { byPath } from './object-tree.ts';
import { parseMode } from './parse-object.ts';
import { decodePath } from './path.ts';
import { type Git, readGit } from './run.ts';
import type { TreeEntry } from './tree.ts';

/** `100644 blob 0123...`, a tab, the path */
const LINE = /^(\d{6}) [a-z]+ ([0-9a-f]{40,64})$/;
const TAB = 0x09;
const NUL = 0;

/** Every file, link and submodule of a tree object, sorted by path. */
export async function listFiles(root: string, git: Git): Promise<TreeEntry[]> {
  const output = await readGit(git, ['ls-tree', '-r', '-z', '--full-tree', root]);
  const files: TreeEntry[] = [];
  for (let start = 0; start < output.length; ) {
    const tab = output.indexOf(TAB, start);
    const end = output.indexOf(NUL, tab);
    const [, octal = '', oid = ''] = LINE.exec(output.toString('latin1', start, tab)) ?? [];
    const mode = parseMode(octal);
    if (mode !== undefined) files.push({ path: decodePath(output.subarray(tab + 1, end)), mode, oid });
    start = end + 1;
  }
  return files.sort(byPath);
}
