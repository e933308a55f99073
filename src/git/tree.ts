/** The modes that git gives the entries of a tree. */
export type Mode = 'file' | 'executable' | 'symlink' | 'submodule' | 'directory';

export interface TreeEntry {
  /** From the repository's root, with `/`, without a leading or trailing one; the root itself is ''. */
  readonly path: string;
  readonly mode: Mode;
  /** 40 or 64 hexadecimal digits. */
  readonly oid: string;
}

/**
 * A read-only view of the repository at one side of a commit. Content comes from git's objects; the working directory
 * is never read. Symbolic links are followed inside the tree and never out of it.
 */
export interface Tree {
  /** The same for the same content: a tree's object id, or one with the index's differences added. */
  readonly id: string;
  /** What stands at the path after following symbolic links; undefined where nothing does. */
  entry(path: string): Promise<TreeEntry | undefined>;
  /** The entries of a folder sorted by name, links not followed; undefined where the path is no folder. */
  list(folder: string): Promise<readonly TreeEntry[] | undefined>;
  /** Every file of the tree, sorted by path. Costs what the repository's size costs; for a first look only. */
  files(): Promise<readonly TreeEntry[]>;
  /**
   * The paths of all files that hold one of the texts, and maybe of others. Undefined where that cannot be had quicker
   * than by reading them.
   */
  filesWith(texts: readonly Buffer[]): Promise<ReadonlySet<string> | undefined>;
  /** The content of a file. Throws `ContentError` where it is too large or not in the clone. */
  read(entry: TreeEntry): Promise<Buffer>;
}

/** Content that exists but cannot be had: larger than the limit, missing from a partial clone, or damaged. */
export class ContentError extends Error {
  readonly code: 'file-too-large' | 'content-not-available';
  readonly path: string;

  constructor(code: 'file-too-large' | 'content-not-available', path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** One path that differs between two trees. A rename is a removal and an addition; what it means is for later stages. */
export interface ChangedFile {
  readonly path: string;
  /** Undefined where the path is new. */
  readonly before: TreeEntry | undefined;
  /** Undefined where the path is removed. */
  readonly after: TreeEntry | undefined;
}

/** What stands before the first commit of a repository: nothing. */
export const EMPTY_TREE: Tree = {
  id: 'empty',
  entry: async () => undefined,
  list: async folder => (folder === '' ? [] : undefined),
  files: async () => [],
  filesWith: async () => new Set(),
  read: async entry => {
    throw new ContentError('content-not-available', entry.path, 'the empty tree has no content');
  },
};
