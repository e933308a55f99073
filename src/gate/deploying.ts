import type { Repository } from '../git/repository.ts';
import type { Tree } from '../git/tree.ts';
import { openCache } from '../gitops/cache.ts';
import { mapRepository } from '../gitops/map.ts';
import { configIn } from '../policy/policy.ts';
import { deploys } from './branches.ts';

interface Where {
  readonly repository: Repository;
  readonly env: NodeJS.ProcessEnv;
  /** Of the remote; undefined where nobody knows it. */
  readonly defaultBranch: string | undefined;
}

/** Whether a branch deploys, by the policy and the Applications of a tree: what the remote has, or what is new there. */
export async function isDeploying(branch: string, tree: Tree, { repository, env, defaultBranch }: Where) {
  const config = await configIn(tree);
  const configured = config.gate.branches;
  if (configured.length > 0) return deploys(branch, { configured, followed: [], defaultBranch });
  const cache = openCache({ top: repository.top, env });
  const map = await mapRepository({ tree, config, cache, diff: repository.diff });
  return deploys(branch, { configured, followed: map.revisions(), defaultBranch });
}
