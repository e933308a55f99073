import { GitError } from '../git/error.ts';
import { branchIn, type Env, type Event, neededOid, numberIn, oidIn } from './event.ts';

/**
 * What GitHub Actions runs for, by the payload of the event: docs.github.com, "Events that trigger workflows" and
 * "Webhook events and payloads". Throws `GitError` for a payload that is not what is documented there.
 */
export function githubEvent(env: Env, payload: unknown): Event {
  const at = (...keys: string[]) => valueAt(payload, keys);
  const head = neededOid('GITHUB_SHA', env.GITHUB_SHA);
  const name = env.GITHUB_EVENT_NAME ?? '';
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
      return {
        kind: 'proposal',
        name: `pull request${numberIn(at('pull_request', 'number'))}`,
        target: branchIn('pull_request.base.ref', at('pull_request', 'base', 'ref')),
        base: neededOid('pull_request.base.sha', at('pull_request', 'base', 'sha')),
        head: neededOid('pull_request.head.sha', at('pull_request', 'head', 'sha')),
        merged: head,
      };
    case 'merge_group':
      return {
        kind: 'proposal',
        name: 'merge queue',
        target: branchIn('merge_group.base_ref', at('merge_group', 'base_ref')),
        base: neededOid('merge_group.base_sha', at('merge_group', 'base_sha')),
        // Every commit of the queue lands as it is, its merges too.
        head: neededOid('merge_group.head_sha', at('merge_group', 'head_sha')),
        merged: neededOid('merge_group.head_sha', at('merge_group', 'head_sha')),
      };
    case 'push':
      return pushEvent(at, head);
    default:
      return standing(name.replaceAll('_', ' ') || 'a run without an event', env, head);
  }
}

/** After a deletion there is nothing to compare, and GitHub names the default branch instead. */
function pushEvent(at: (...keys: string[]) => unknown, sha: string): Event {
  const ref = String(at('ref') ?? '');
  const head = oidIn('after', at('after'));
  if (ref.startsWith('refs/tags/')) return { kind: 'standing', name: 'tag', branch: undefined, head: head ?? sha };
  const branch = branchIn('ref', ref);
  if (head === undefined) return { kind: 'standing', name: `deletion of ${branch}`, branch: undefined, head: sha };
  const usual = at('repository', 'default_branch');
  return {
    kind: 'push',
    branch,
    before: oidIn('before', at('before')) ?? 'new',
    head,
    defaultBranch: usual === undefined ? undefined : branchIn('repository.default_branch', usual),
  };
}

/** A schedule, a run by hand, a release: there is no change, but a tree that is applied as it stands. */
function standing(name: string, { GITHUB_REF: ref = '' }: Env, head: string): Event {
  const branch = ref.startsWith('refs/heads/') ? branchIn('GITHUB_REF', ref) : undefined;
  return { kind: 'standing', name, branch, head };
}

/** The payload as JSON. Throws `GitError` where it is none. */
export function payloadOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GitError(3, 'GITHUB_EVENT_PATH is not JSON', 'GitHub Actions writes it before each job.');
  }
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    return Reflect.get(at, key);
  }, value);
}
