import { type Message, messageOf } from './message.ts';
import type { Commit } from './parse-object.ts';
import type { Repository } from './repository.ts';
import { type ChangedFile, EMPTY_TREE, type Tree } from './tree.ts';

/** What someone wants to know about. */
export type Question =
  /** With the message, where it is written by now. */
  | { readonly kind: 'staged'; readonly message?: Message }
  | { readonly kind: 'commit'; readonly rev: string }
  /**
   * From the commit where the two parted, as a pull request shows it; or from the very commit, as a branch moves that is
   * pushed, by force maybe. `tip` is the newest commit that lands where `to` is only a merge that a host made to try it.
   */
  | { readonly kind: 'range'; readonly from: string; readonly to: string; readonly moves?: true; readonly tip?: string }
  /** No change: a commit, or what would be committed, as it stands. */
  | { readonly kind: 'tree'; readonly rev?: string };

/** Two trees and the files that differ. */
export interface Sides {
  readonly before: Tree;
  readonly after: Tree;
  readonly files: readonly ChangedFile[];
  /** Id of the commit whose tree is `before`; undefined for HEAD, and before the first commit. */
  readonly start: string | undefined;
  /** The commit that leads from one to the other; undefined where none does yet, and for a range. */
  readonly commit: Commit | undefined;
  /** Of that commit, or of the one that is being made; undefined where nothing is written yet, and for a range. */
  readonly message: Message | undefined;
}

export interface Answerable {
  readonly kind: Question['kind'];
  readonly sides: Sides;
  /** For a range: the id of the commit that it starts from. */
  readonly base: string | undefined;
  /** The newest commit of a range, or the one asked about. */
  readonly head: Commit | undefined;
  /** What else is told in one line each: the commits of a range, or a merge against its other parents. */
  readonly parts: readonly Sides[];
}

/** Finds the two trees of a question. Throws `GitError` where they cannot be had. */
export async function sidesOf(repository: Repository, question: Question): Promise<Answerable> {
  switch (question.kind) {
    case 'staged': {
      const staged = await repository.staged();
      return {
        kind: 'staged',
        sides: { ...staged, start: undefined, commit: undefined, message: question.message },
        base: undefined,
        head: undefined,
        parts: [],
      };
    }
    case 'tree': {
      const { rev } = question;
      const head = rev === undefined ? undefined : await repository.commit(rev);
      const tree = head === undefined ? (await repository.staged()).after : repository.tree(head);
      const sides = { before: tree, after: tree, files: [], start: undefined, commit: undefined, message: undefined };
      return { kind: 'tree', sides, base: undefined, head, parts: [] };
    }
    case 'commit': {
      const commit = await repository.commit(question.rev);
      const [sides, ...others] = await Promise.all(
        (commit.parents.length === 0 ? [undefined] : commit.parents).map(parent => between(repository, parent, commit)),
      );
      if (sides === undefined) throw new Error('a commit has at least one side to compare with');
      return { kind: 'commit', sides, base: undefined, head: commit, parts: others };
    }
    case 'range': {
      const { from, to, moves, tip = to } = question;
      const base = moves ? (await repository.commit(from)).oid : await repository.mergeBase(from, to);
      const [start, end, head, commits] = await Promise.all([
        repository.commit(base),
        repository.commit(to),
        repository.commit(tip),
        repository.commits(base, tip),
      ]);
      const files = await repository.diff(start.tree, end.tree);
      const sides = {
        before: repository.tree(start),
        after: repository.tree(end),
        files,
        start: base,
        commit: undefined,
        message: undefined,
      };
      const parts = await Promise.all(commits.map(commit => between(repository, commit.parents[0], commit)));
      return { kind: 'range', sides, base, head, parts };
    }
  }
}

/** A commit against one of its parents; the first commit of a repository against nothing. */
export async function between(repository: Repository, parent: string | undefined, commit: Commit): Promise<Sides> {
  const message = messageOf(commit);
  const after = repository.tree(commit);
  if (parent === undefined) {
    const files = await repository.diff(undefined, commit.tree);
    return { before: EMPTY_TREE, after, files, start: undefined, commit, message };
  }
  const before = await repository.commit(parent);
  const files = await repository.diff(before.tree, commit.tree);
  return { before: repository.tree(before), after, files, start: parent, commit, message };
}
