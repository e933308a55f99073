import type { ChangedFile, TreeEntry } from '../git/tree.ts';
import { evaluateSets, type Looked } from './evaluate-sets.ts';
import type { FileFacts } from './facts.ts';
import { isOwn, type View } from './view.ts';

/** What the files with ApplicationSets make of a tree, and what each of them looked at. */
export interface EvaluatedSets {
  readonly sets: ReadonlyMap<string, { readonly facts: FileFacts | undefined; readonly looked: Looked }>;
  /** What the repository is called. */
  readonly repository: string | undefined;
}

/** What was evaluated of another tree, and how that one differs. */
export interface EarlierSets {
  readonly evaluated: EvaluatedSets;
  readonly files: readonly ChangedFile[];
}

/** Evaluates the sets of these files; those that see nothing of what differs make the same as earlier. */
export async function evaluatedSets(
  view: View,
  files: readonly string[],
  earlier: EarlierSets | undefined,
): Promise<EvaluatedSets> {
  const { tree, repository } = view;
  const own = (repoURL: string) => isOwn(view, repoURL);
  const isComparable = earlier?.evaluated.repository === repository;
  const evaluate = async (file: string) => {
    const known = isComparable ? earlier?.evaluated.sets.get(file) : undefined;
    if (known !== undefined && earlier?.files.every(changed => isUnseen(changed, known.looked, view))) return known;
    const looked: Looked = { files: new Set(), patterns: new Map() };
    return { facts: await evaluateSets(tree, file, own, looked), looked };
  };
  const sets = await Promise.all(files.map(async file => [file, await evaluate(file)] as const));
  return { sets: new Map(sets), repository };
}

/**
 * Sets look at names, and read a few files. Through a link a file is seen at other paths than its own: where there are
 * links, a file that comes or goes may be seen by every pattern.
 */
function isUnseen({ path, before, after }: ChangedFile, { files, patterns }: Looked, { links }: Pick<View, 'links'>) {
  if (files.has(path)) return false;
  if (isFile(before) && isFile(after)) return true;
  if (links.length > 0 || before?.mode === 'symlink') return patterns.size === 0;
  return ![...patterns.values()].some(reaches => reaches(path));
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.mode === 'file' || entry?.mode === 'executable';
}
