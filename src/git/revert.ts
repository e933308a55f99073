import { GitError } from './error.ts';
import type { Commit } from './parse-object.ts';
import type { Repository } from './repository.ts';
import type { Sides } from './sides.ts';
import type { ChangedFile } from './tree.ts';

/** As `git revert` writes it: sequencer.c, sequencer_format_revert_message. */
const REVERTS = /^This reverts commit ([0-9a-f]{40,64})\b/m;

/**
 * The commit that this one undoes: named by its message, and proven by its content, file by file. A message alone proves
 * nothing, since what it reverts may have been edited on the way.
 */
export async function revertedCommit(repository: Repository, { commit, files }: Sides): Promise<Commit | undefined> {
  const oid = REVERTS.exec(commit?.body ?? '')?.[1];
  if (oid === undefined) return undefined;
  const reverted = await known(repository, oid);
  const parent = reverted?.parents[0];
  if (reverted === undefined || parent === undefined) return undefined;
  const forward = await repository.diff((await repository.commit(parent)).tree, reverted.tree);
  return isInverse(files, forward) ? reverted : undefined;
}

async function known(repository: Repository, oid: string): Promise<Commit | undefined> {
  try {
    return await repository.commit(oid);
  } catch (error) {
    // A commit of another clone or branch that is not here: then nothing is proven.
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

function isInverse(files: readonly ChangedFile[], forward: readonly ChangedFile[]): boolean {
  const before = new Map(forward.map(file => [file.path, file]));
  return (
    files.length === forward.length &&
    files.every(({ path, ...file }) => {
      const other = before.get(path);
      return other !== undefined && file.before?.oid === other.after?.oid && file.after?.oid === other.before?.oid;
    })
  );
}
