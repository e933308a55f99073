import { ContentError, type Tree, type TreeEntry } from '../git/tree.ts';
import { folderOf } from '../kustomize/paths.ts';
import { decode } from '../yaml/decode.ts';
import type { Source } from '../yaml/node.ts';
import { isTerraformName } from './facts.ts';

/** The texts of some files, in the order asked; what is not there or cannot be read is left out and named. */
export async function readSources(
  tree: Tree,
  paths: readonly string[],
): Promise<{ readonly sources: readonly Source[]; readonly unread: readonly ContentError[] }> {
  const unread: ContentError[] = [];
  const read = async (path: string): Promise<Source | undefined> => {
    const entry = await tree.entry(path);
    if (entry === undefined || !isFile(entry)) return undefined;
    try {
      return decode(path, await tree.read(entry)).source;
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      unread.push(error);
      return undefined;
    }
  };
  const found = await Promise.all(paths.map(read));
  return { sources: found.filter(source => source !== undefined), unread };
}

/** The Terraform files of a folder, sorted by name; JSON is not read. */
export async function terraformFiles(tree: Tree, folder: string): Promise<string[]> {
  const entries = (await tree.list(folder)) ?? [];
  return entries.map(entry => entry.path).filter(path => isTerraformName(path) && !path.endsWith('.json'));
}

/** The texts of each folder together, as Terraform reads them. */
export function byFolder(sources: readonly Source[]): Source[][] {
  const folders = new Map<string, Source[]>();
  for (const source of sources) {
    const folder = folderOf(source.file);
    folders.set(folder, [...(folders.get(folder) ?? []), source]);
  }
  return [...folders.values()];
}

function isFile({ mode }: TreeEntry): boolean {
  return mode === 'file' || mode === 'executable';
}
