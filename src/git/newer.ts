import { GitError } from './error.ts';
import type { Commit } from './parse-object.ts';
import type { Repository } from './repository.ts';
import type { Sides } from './sides.ts';

/** Commits that are named. */
const MOST = 4;

/** What HEAD has changed since in the files of a change. */
export interface NewerChanges {
  /** The newest first, a few of them. */
  readonly commits: readonly Commit[];
  readonly files: readonly string[];
}

/** The files of the change that are other ones at HEAD, and who made them so; undefined where none is. */
export async function newerChanges(
  repository: Repository,
  { after, files }: Sides,
  commit: string,
): Promise<NewerChanges | undefined> {
  const head = await repository.commit('HEAD');
  // HEAD is older or on another branch: then nothing came after the change there.
  if (head.oid === commit || !(await isAncestor(repository, commit, head.oid))) return undefined;
  const own = new Set(files.map(({ path }) => path));
  const moved = (await repository.diff(after.id, head.tree)).flatMap(({ path }) => (own.has(path) ? path : []));
  if (moved.length === 0) return undefined;
  const commits = await repository.commitsTouching({ from: commit, to: head.oid, paths: moved, most: MOST });
  return { commits, files: moved };
}

async function isAncestor(repository: Repository, commit: string, head: string): Promise<boolean> {
  try {
    return (await repository.mergeBase(commit, head)) === commit;
  } catch (error) {
    // A clone that is cut off, or two histories without a common commit: then nothing is known to have come after.
    if (error instanceof GitError) return false;
    throw error;
  }
}
