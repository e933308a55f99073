import { GitError } from './error.ts';
import type { Commit } from './parse-object.ts';
import type { Repository } from './repository.ts';
import type { Sides } from './sides.ts';
import type { ChangedFile, TreeEntry } from './tree.ts';

/** As `git revert` writes it: sequencer.c, sequencer_format_revert_message. */
const REVERTS = /^This reverts commit ([0-9a-f]{40,64})\b/m;

/**
 * The commit that this one undoes: named by its message, and proven by its content, file by file. A message alone proves
 * nothing, since what it reverts may have been edited on the way.
 */
export async function revertedCommit(repository: Repository, { commit, files }: Sides): Promise<Commit | undefined> {
  const reverted = await known(repository, REVERTS.exec(commit?.body ?? '')?.[1]);
  const parent = await known(repository, reverted?.parents[0]);
  if (reverted === undefined || parent === undefined) return undefined;
  const forward = await repository.diff(parent.tree, reverted.tree);
  return isInverse(files, forward) ? reverted : undefined;
}

async function known(repository: Repository, oid: string | undefined): Promise<Commit | undefined> {
  try {
    return oid === undefined ? undefined : await repository.commit(oid);
  } catch (error) {
    // A commit of another clone or branch, or one that a shallow clone lacks: then nothing is proven.
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

function isInverse(files: readonly ChangedFile[], forward: readonly ChangedFile[]): boolean {
  const there = new Map(forward.map(file => [file.path, file]));
  return (
    files.length === forward.length &&
    files.every(({ path, before, after }) => {
      const other = there.get(path);
      return other !== undefined && isSame(before, other.after) && isSame(after, other.before);
    })
  );
}

function isSame(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}
