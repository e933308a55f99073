import { applyChanges, applyToFiles } from './apply-changes.ts';
import { GitError } from './error.ts';
import type { Folders } from './folders.ts';
import type { Git } from './locate.ts';
import { objectTree } from './object-tree.ts';
import type { Objects } from './objects.ts';
import { parseRawDiff } from './parse-raw-diff.ts';
import { type Output, runGit } from './run.ts';
import type { ChangedFile, Tree } from './tree.ts';
import { wholeTree } from './whole-tree.ts';

/** What `git commit` would commit. */
export interface Staged {
  /** HEAD's tree; the empty tree where there is no commit yet. */
  readonly before: Tree;
  /** HEAD's tree with what is staged. */
  readonly after: Tree;
  readonly files: readonly ChangedFile[];
}

interface StagedParts {
  readonly git: Git;
  /** The folder of the work tree. */
  readonly top: string;
  readonly objects: Objects;
  readonly folders: Folders;
  /** `GIT_INDEX_FILE`: `git commit -a` and `git commit FILE` hand an index of their own to the hook. */
  readonly indexFile: string | undefined;
}

/** What is asked of git first, before it has said where the repository is. */
interface Begun {
  readonly head: Promise<string | undefined>;
  readonly comparison: Promise<Output>;
}

/** Asks for the index and HEAD at the same time. Where the repository cannot be opened, that is the answer. */
export function beginStaged(parts: Pick<StagedParts, 'git' | 'objects' | 'indexFile'>): Begun {
  const begun = { head: headTree(parts), comparison: compareIndex('HEAD', parts) };
  begun.head.catch(() => {});
  begun.comparison.catch(() => {});
  return begun;
}

/** Goes on with what was begun; where HEAD moved meanwhile or is unborn, it reads the index once more. */
export async function readStaged(parts: StagedParts, begun = beginStaged(parts)): Promise<Staged> {
  const [head, output] = await Promise.all([begun.head, begun.comparison]);
  const root = (await headTree(parts)) ?? (await emptyTree(parts));
  if (root === head && output.status === 0) return staged(root, parseRawDiff(output.stdout), parts);
  const { status, stdout, error } = await compareIndex(root, parts);
  if (status !== 0) throw new GitError(3, `git diff-index failed: ${error}`);
  return staged(root, parseRawDiff(stdout), parts);
}

async function headTree({ objects }: Pick<StagedParts, 'objects'>): Promise<string | undefined> {
  return (await objects.get('HEAD^{tree}', 0))?.oid;
}

/** The tree to compare with where HEAD has none. Throws `GitError` where that is damage and no new branch. */
async function emptyTree({ git, folders }: StagedParts): Promise<string> {
  const { error } = await runGit(git, ['log', '-1', '--format=']);
  if (error.includes('does not have any commits yet')) return folders.add(new Map());
  throw new GitError(3, `the commit of HEAD cannot be read: ${error}`, 'Run git fsck.');
}

/** What is only announced, by `git add --intent-to-add`, is not in the next commit. Submodules count whatever says not. */
function compareIndex(base: string, { git, indexFile }: Pick<StagedParts, 'git' | 'indexFile'>): Promise<Output> {
  const format = ['--raw', '-z', '--no-renames', '--no-abbrev', '--ita-invisible-in-index', '--ignore-submodules=none'];
  const env = indexFile === undefined ? git.env : { ...git.env, GIT_INDEX_FILE: indexFile };
  return runGit({ ...git, env }, ['diff-index', '--cached', ...format, base, '--']);
}

async function staged(
  root: string,
  files: readonly ChangedFile[],
  { git, top, objects, folders }: StagedParts,
): Promise<Staged> {
  const before = objectTree({ objects, folders, root, ...wholeTree(root, { ...git, cwd: top }) });
  const after = objectTree({
    objects,
    folders,
    root: await applyChanges(root, files, folders),
    files: async () => applyToFiles(await before.files(), files),
    filesWith: async texts => {
      const found = await before.filesWith(texts);
      return found && new Set([...found, ...files.map(file => file.path)]);
    },
  });
  return { before, after, files };
}
