import type { Network } from '../network.ts';
import type { Origin } from '../origin.ts';
import { type Release, SourceError } from '../release.ts';
import { readHelmIndex } from './helm-index.ts';

/** Unpacked; the largest public index has some 40 MB. */
const INDEX_LIMIT = 256 * 1024 * 1024;

/** The versions of a chart by its repository's index. */
export async function helmReleases(
  { index, chart }: Extract<Origin, { kind: 'helm' }>,
  network: Network,
): Promise<readonly Release[]> {
  const { value: charts } = await network.get({ url: index, limit: INDEX_LIMIT, read: readHelmIndex });
  const found = charts.find(([name]) => name === chart);
  if (found === undefined) throw new SourceError(`${index.host} has no chart ${chart}`);
  return found[1];
}
