/** Facts of trees kept between runs, outside of the repository. */
export interface FactCache {
  /** The facts of the tree with the id, or else those kept last; undefined where there are none to trust. */
  read(treeId: string): Promise<{ treeId: string; text: string } | undefined>;
  /** Keeps the facts of a tree. Never fails: a cache that cannot be written is no cache. */
  write(treeId: string, text: string): Promise<void>;
}
