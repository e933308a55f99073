import { GitError } from './error.ts';
import type { Commit } from './parse-object.ts';
import type { Repository } from './repository.ts';
import type { Sides } from './sides.ts';
import type { ChangedFile, TreeEntry } from './tree.ts';

/** As `git revert` writes it, with `--reference` by a short id: sequencer.c, sequencer_format_revert_message. */
const REVERTS = /^This reverts commit ([0-9a-f]{7,64})\b/m;

/** A subject that says so where the body names no commit: by hand, or by the button of a host, whose body has a number. */
const SAYS_SO = /^(?:\[[^\]]*\]\s*)?(?:revert|roll(?:ed|ing|s)?[ -]?back)\b/i;

/** How many steps back it is looked for then. */
const MOST_STEPS = 30;

/**
 * The commit that this one undoes: named by its message, or one of the last where the subject only says that it is a
 * revert, and proven by its content, file by file. A message alone proves nothing, since what it reverts may have been
 * edited on the way.
 */
export async function revertedCommit(repository: Repository, { commit, files }: Sides): Promise<Commit | undefined> {
  if (commit === undefined) return undefined;
  const name = REVERTS.exec(commit.body)?.[1];
  const steps = name === undefined && SAYS_SO.test(commit.subject) ? MOST_STEPS : 1;
  let candidate = await known(repository, steps === 1 ? name : commit.parents[0]);
  for (let step = 0; step < steps && candidate !== undefined; step++) {
    const parent = await known(repository, candidate.parents[0]);
    if (parent === undefined) return undefined;
    if (isInverse(files, await repository.diff(parent.tree, candidate.tree))) return candidate;
    candidate = parent;
  }
  return undefined;
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
