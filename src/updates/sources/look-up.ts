import type { Network } from '../network.ts';
import type { Origin } from '../origin.ts';
import type { Release } from '../release.ts';
import { artifactHubReleases } from './artifact-hub.ts';
import { gitReleases } from './git.ts';
import { githubReleases } from './github.ts';
import { gitlabReleases } from './gitlab.ts';
import { helmReleases } from './helm.ts';
import { registryReleases } from './registry.ts';
import { terraformReleases } from './terraform.ts';

/** What a source has published, in no order. Throws `SourceError` and `GitError` where it does not tell. */
export function lookUp(origin: Origin, network: Network): Promise<readonly Release[]> {
  switch (origin.kind) {
    case 'git':
      return gitReleases(origin, network);
    case 'helm':
      return helmReleases(origin, network);
    case 'registry':
      return registryReleases(origin, network);
    case 'github':
      return githubReleases(origin, network);
    case 'gitlab':
      return gitlabReleases(origin, network);
    case 'terraform':
      return terraformReleases(origin, network);
    case 'artifacthub':
      return artifactHubReleases(origin, network);
  }
}
