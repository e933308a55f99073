import { GitError } from '../git/error.ts';

/** One line that git gives a pre-push hook: what moves from where to where. */
export interface PushedRef {
  readonly localRef: string;
  /** Undefined where the remote ref is deleted. */
  readonly local: string | undefined;
  readonly remoteRef: string;
  /** Undefined where the remote ref is new. */
  readonly remote: string | undefined;
}

const LINE = /^(\S+) ([0-9a-f]{40}|[0-9a-f]{64}) (\S+) ([0-9a-f]{40}|[0-9a-f]{64})$/;

/** Reads the lines (githooks(5), pre-push). No lines is a push of nothing. Throws `GitError` for anything else. */
export function parsePushedRefs(text: string): PushedRef[] {
  const lines = text.split('\n').filter(line => line !== '');
  return lines.map(line => {
    const [, localRef, local, remoteRef, remote] = LINE.exec(line) ?? [];
    if (localRef === undefined || local === undefined || remoteRef === undefined || remote === undefined) {
      throw new GitError(
        2,
        'the input is not what git gives a pre-push hook',
        'It is for git to start: deploy-lint init.',
      );
    }
    return { localRef, local: objectOf(local), remoteRef, remote: objectOf(remote) };
  });
}

/** Nothing but zeros stands for no object. */
function objectOf(oid: string): string | undefined {
  return /^0+$/.test(oid) ? undefined : oid;
}

/** The branch that a ref of the remote is; undefined for a tag and all else. */
export function branchOf(ref: string): string | undefined {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined;
}
