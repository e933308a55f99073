import { GitError } from '../git/error.ts';
import { quotePath } from '../git/path.ts';

/** Where a pipeline runs. */
const VENDORS = ['github', 'gitlab', 'jenkins', 'azure', 'bitbucket', 'plain'] as const;
export type Vendor = (typeof VENDORS)[number];

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * What is under review, as the pipeline's variables tell it. Ids and names are checked by their form; whether the clone
 * has them is found out later.
 */
export type Event =
  /** Commits that want to go into a branch. */
  | {
      readonly kind: 'proposal';
      /** `pull request 12` */
      readonly name: string;
      /** Undefined for the remote's default branch, or, where there is a base, for none that is known. */
      readonly target: string | undefined;
      /** The target's newest commit, or the merge base; undefined where the remote's branch has to tell. */
      readonly base: string | undefined;
      /** Id of the newest commit that was proposed; undefined for what is checked out. */
      readonly head: string | undefined;
      /** Id of the merge that the host made to try it, or `HEAD` where that may be one. */
      readonly merged: string;
    }
  /** A branch that moved. */
  | {
      readonly kind: 'push';
      readonly branch: string;
      /** Id of the commit before; `new` for a branch that was not there, `unsaid` where the vendor does not tell. */
      readonly before: string | 'new' | 'unsaid';
      readonly head: string;
      readonly defaultBranch: string | undefined;
    }
  /** Nothing changes: the tree as it stands. */
  | { readonly kind: 'standing'; readonly name: string; readonly branch: string | undefined; readonly head: string };

/** Bitbucket gives the first twelve digits of some. */
const OID = /^(?:[0-9a-f]{12}|[0-9a-f]{40}|[0-9a-f]{64})$/;
const ZEROS = /^0+$/;

/** The object id that a variable holds; undefined where it holds none, or nothing but zeros. Throws `GitError`. */
export function oidIn(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || !OID.test(value)) throw new GitError(3, `${name} is no object id: ${shown(value)}`);
  return ZEROS.test(value) ? undefined : value;
}

/** An object id that has to be there. */
export function neededOid(name: string, value: unknown): string {
  const oid = oidIn(name, value);
  if (oid === undefined) throw new GitError(3, `${name} names no commit`, 'Without it nothing can be compared.');
  return oid;
}

/** What git-check-ref-format(1) refuses, and what no host lets a branch be called. */
const NO_NAME = /^[-/]|[\p{Cc}\p{Cs}\s~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$|\.lock$|(?:^|\/)\.|^@$|^$/u;

/** A branch's name, without `refs/heads/`. Throws `GitError` for what is none. */
export function branchIn(name: string, value: unknown): string {
  const branch = typeof value === 'string' ? value.replace(/^refs\/heads\//, '') : undefined;
  if (branch === undefined || branch.length > 1000 || NO_NAME.test(branch)) {
    throw new GitError(3, `${name} is no name of a branch: ${shown(value)}`);
  }
  return branch;
}

/** The number of a pull or merge request, for people; '' where it is none. */
export function numberIn(value: unknown): string {
  return /^\d{1,12}$/.test(String(value)) ? ` ${value}` : '';
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quotePath(value.slice(0, 200)) : typeof value;
}
