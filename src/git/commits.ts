import { GitError } from './error.ts';
import type { Git } from './locate.ts';
import type { Objects } from './objects.ts';
import { type Commit, parseCommit } from './parse-object.ts';
import { quotePath } from './path.ts';
import { readGit, runGit } from './run.ts';

/** What reading commits needs. */
export interface History {
  /** Started in the top folder, since paths count from there; all arguments that are paths are taken literally. */
  readonly git: Git;
  readonly objects: Objects;
  /** Whether history is cut off. */
  readonly shallow: boolean;
}

export interface HistoryQuery {
  /** Files or folders, from the repository's root. */
  readonly paths: readonly string[];
  /** Taken literally. */
  readonly contains: string;
  /** The commit to start with, HEAD if absent; what is found may be that commit itself. */
  readonly before?: string;
}

/** Bytes; a message is a few kilobytes, a signature less. */
const MAX_COMMIT_SIZE = 16 * 1024 * 1024;

const MAX_FOUND = 20;

const FULL_OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

const FETCH_MORE = 'In GitHub Actions: actions/checkout with fetch-depth: 0.  Here: git fetch --unshallow.';

/** The commit that a revision names. A full object id that is not there is a gap of the clone, not of the question. */
export async function readCommit(revision: string, { objects, shallow }: History): Promise<Commit> {
  // What follows `:/` is a text to search for, to its end; it finds only commits.
  const name = revision.startsWith(':/') ? revision : `${revision}^{commit}`;
  const object = await objects.get(name, MAX_COMMIT_SIZE);
  const hint = shallow ? `This clone is shallow. ${FETCH_MORE}` : undefined;
  if (object === undefined) {
    if (FULL_OID.test(revision)) throw new GitError(3, `commit ${revision} is not in this clone`, hint, true);
    throw new GitError(2, `unknown revision ${quotePath(revision)}`, hint, true);
  }
  const commit = object.content && parseCommit(object.oid, object.content);
  if (commit === undefined) throw new GitError(3, `commit ${object.oid} is damaged`, 'Run git fsck.');
  return commit;
}

/** The first of the best common ancestors. A criss-cross history has several: git's order of them is stable. */
export async function findMergeBase(a: string, b: string, history: History): Promise<string> {
  const [one, other] = await Promise.all([readCommit(a, history), readCommit(b, history)]);
  const { status, stdout, error } = await runGit(history.git, ['merge-base', '--all', one.oid, other.oid]);
  const [base = ''] = stdout.toString('latin1').split('\n');
  if (status === 0 && FULL_OID.test(base)) return base;
  if (status !== 1) throw new GitError(3, `git merge-base failed: ${error}`);
  if (history.shallow) {
    const message = `cannot compare with ${quotePath(a)}: this clone is shallow and lacks the merge base`;
    throw new GitError(3, message, FETCH_MORE, true);
  }
  throw new GitError(3, `cannot compare with ${quotePath(a)}: it has no commit in common with ${quotePath(b)}`);
}

/** The commits that `to` has and `from` has not, parents before children. */
export async function readCommits(from: string, to: string, history: History): Promise<Commit[]> {
  const [start, end] = await Promise.all([readCommit(from, history), readCommit(to, history)]);
  const range = `${start.oid}..${end.oid}`;
  return readEach(await readGit(history.git, ['rev-list', '--reverse', '--topo-order', range, '--']), history);
}

/** The steps from `from` to `to` along first parents, the oldest first: a merge is one step, whatever it brings. */
export async function readSteps(from: string, to: string, history: History): Promise<Commit[]> {
  const [start, end] = await Promise.all([readCommit(from, history), readCommit(to, history)]);
  const range = `${start.oid}..${end.oid}`;
  return readEach(await readGit(history.git, ['rev-list', '--reverse', '--first-parent', range, '--']), history);
}

/**
 * The newest commit that a remote is known to have and that this one is built upon; undefined where nothing of the remote
 * is known. `remote` is a name or an address, as a pre-push hook is told it.
 */
export async function findPublished(oid: string, remote: string, history: History): Promise<string | undefined> {
  const tracked = /[:/\\]/.test(remote) ? '--remotes' : `--remotes=${remote}`;
  const range = ['--boundary', '--topo-order', (await readCommit(oid, history)).oid, '--not', tracked, '--'];
  const lines = (await readGit(history.git, ['rev-list', ...range])).toString('latin1').split('\n').filter(Boolean);
  if (lines.length === 0) return oid;
  const boundary = lines.find(line => line.startsWith('-'))?.slice(1);
  if (boundary === undefined && history.shallow) {
    throw new GitError(3, 'this clone is shallow and lacks the commits that the remote has', FETCH_MORE);
  }
  return boundary;
}

/** The default branch of a remote, as the clone remembers it; undefined where it does not. */
export async function readDefaultBranch(remote: string, { git }: History): Promise<string | undefined> {
  const ref = `refs/remotes/${remote}/`;
  const { status, stdout } = await runGit(git, ['symbolic-ref', '--quiet', `${ref}HEAD`]);
  const target = stdout.toString('utf8').trim();
  return status === 0 && target.startsWith(ref) ? target.slice(ref.length) : undefined;
}

/**
 * The commits that changed how often a text stands in the files, the newest first, along first parents: what a branch
 * brings counts from its merge on. Where a shallow clone is cut off, the last commit counts as the one that brought all it
 * holds.
 */
export async function searchHistory(query: HistoryQuery, history: History): Promise<Commit[]> {
  if (query.contains === '') throw new GitError(3, 'cannot search history for an empty text');
  // An argument is text without NUL: what is not would be another name or text, and its absence no evidence.
  const unsayable = [query.contains, ...query.paths].find(text => /[\0\p{Cs}]/u.test(text));
  if (unsayable !== undefined) throw new GitError(3, `cannot search history for ${quotePath(unsayable)}`);
  const start = await readCommit(query.before ?? 'HEAD', history);
  const output = await readGit(history.git, [
    'log',
    '--format=%H',
    `--max-count=${MAX_FOUND}`,
    '--first-parent',
    '-m',
    // Whatever the configuration says: no program of its choice, one line a commit.
    '--no-show-signature',
    '--no-textconv',
    '--no-ext-diff',
    '--no-follow',
    '--no-renames',
    '--no-color',
    `-S${query.contains}`,
    start.oid,
    '--',
    ...query.paths,
  ]);
  return readEach(output, history);
}

/** The newest of the commits that `to` has and `from` has not and that changed some of the paths, at most `most`. */
export async function readCommitsTouching(
  { from, to, paths, most }: { from: string; to: string; paths: readonly string[]; most: number },
  history: History,
): Promise<Commit[]> {
  const [start, end] = await Promise.all([readCommit(from, history), readCommit(to, history)]);
  const range = `${start.oid}..${end.oid}`;
  return readEach(await readGit(history.git, ['rev-list', `--max-count=${most}`, range, '--', ...paths]), history);
}

function readEach(lines: Buffer, history: History): Promise<Commit[]> {
  const oids = lines.toString('latin1').split('\n').filter(Boolean);
  return Promise.all(oids.map(oid => readCommit(oid, history)));
}
