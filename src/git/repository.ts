import {
  findMergeBase,
  findPublished,
  type HistoryQuery,
  readCommit,
  readCommits,
  readCommitsTouching,
  readDefaultBranch,
  readSteps,
  searchHistory,
} from './commits.ts';
import { compareTrees } from './compare-trees.ts';
import { findRepository } from './find.ts';
import { Folders } from './folders.ts';
import { keepObjects } from './kept-objects.ts';
import { locateGit } from './locate.ts';
import { objectTree } from './object-tree.ts';
import { Objects } from './objects.ts';
import type { Commit } from './parse-object.ts';
import { beginStaged, readStaged, type Staged } from './staged.ts';
import type { ChangedFile, Tree } from './tree.ts';
import { filesBelow, wholeTree } from './whole-tree.ts';

/** One repository, read through git and never written. Every method throws `GitError` for what cannot be had. */
export interface Repository {
  /** The folder of the work tree, absolute. */
  readonly top: string;
  /** The commit that a revision names. */
  commit(revision: string): Promise<Commit>;
  /** The tree of a commit, or the one with this object id. */
  tree(of: Commit | string): Tree;
  /** What `git commit` would commit. */
  staged(): Promise<Staged>;
  /** What differs between two trees by object id, sorted by path; undefined stands for the empty tree. */
  diff(before: string | undefined, after: string): Promise<ChangedFile[]>;
  /** The id of the commit where two revisions parted; of several, the first that git names. */
  mergeBase(a: string, b: string): Promise<string>;
  /** The commits that `to` has and `from` has not, parents before children. */
  commits(from: string, to: string): Promise<Commit[]>;
  /** The steps from one to the other along first parents, the oldest first. */
  steps(from: string, to: string): Promise<Commit[]>;
  /** The newest commit that a remote has and this one is built upon; undefined where nothing of the remote is known. */
  published(oid: string, remote: string): Promise<string | undefined>;
  /** The default branch of a remote, where the clone remembers it. */
  defaultBranch(remote: string): Promise<string | undefined>;
  /** The newest of the commits that `to` has and `from` has not and that changed some of the paths. */
  commitsTouching(query: { from: string; to: string; paths: readonly string[]; most: number }): Promise<Commit[]>;
  /** The commits along first parents that changed how often a text stands in the files, the newest first, at most 20. */
  history(query: HistoryQuery): Promise<Commit[]>;
  /** Ends the git process that reads objects. Until then the program does not end. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly soon?: 'staged' | undefined;
  /** Folders and content of files are kept for who looks at many trees in a row. */
  readonly keeps?: true;
}

/**
 * Opens the repository that `cwd`, an absolute path, is in, as git finds it with the environment `env`: the `GIT_DIR` and
 * `GIT_INDEX_FILE` that hooks start with count. Throws `GitError` where there is none or git refuses it.
 *
 * @param soon `staged` where that is asked for next: git then compares the index while the repository is being opened.
 */
export async function openRepository({ cwd, env, soon, keeps }: OpenOptions): Promise<Repository> {
  const git = locateGit(cwd, env);
  // Started before git has answered the first question, since each start costs some milliseconds.
  const objects = new Objects(git);
  const indexFile = env.GIT_INDEX_FILE;
  let begun = soon === 'staged' ? beginStaged({ git, objects, indexFile }) : undefined;
  try {
    const { top, format, shallow } = await findRepository(git);
    const folders = new Folders(objects, format);
    // git takes paths as seen from where it runs, and ours count from the top.
    const history = { git: { ...git, cwd: top }, objects, shallow };
    const contents = keeps ? keepObjects(objects) : objects;
    const tree = (root: string) => {
      const whole = wholeTree(root, history.git);
      const files = keeps ? () => filesBelow(root, folders) : whole.files;
      return objectTree({ objects: contents, folders, root, ...whole, files });
    };
    return {
      top,
      commit: revision => readCommit(revision, history),
      tree: of => tree(typeof of === 'string' ? of : of.tree),
      staged: () => {
        const first = begun;
        begun = undefined;
        return readStaged({ git, top, objects, folders, indexFile }, first);
      },
      diff: (before, after) => compareTrees(before, after, folders),
      mergeBase: (a, b) => findMergeBase(a, b, history),
      commits: (from, to) => readCommits(from, to, history),
      steps: (from, to) => readSteps(from, to, history),
      published: (oid, remote) => findPublished(oid, remote, history),
      defaultBranch: remote => readDefaultBranch(remote, history),
      commitsTouching: query => readCommitsTouching(query, history),
      history: query => searchHistory(query, history),
      close: () => objects.close(),
    };
  } catch (error) {
    await objects.close();
    throw error;
  }
}
