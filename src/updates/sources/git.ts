import type { Network } from '../network.ts';
import type { Origin } from '../origin.ts';
import { type Release, releaseOf } from '../release.ts';

/** The tags of a repository. git tells no dates, and nothing of what was taken back. */
export async function gitReleases({ url }: Extract<Origin, { kind: 'git' }>, network: Network): Promise<Release[]> {
  return (await network.tags(url)).flatMap(tag => releaseOf(tag) ?? []);
}
