import type { Network, Request } from '../network.ts';
import { SourceError } from '../release.ts';

/** Pages of one list that are read: a hundred entries each. */
const MOST_PAGES = 50;

/** All entries of a list that a server hands out in pages. Throws `SourceError` where it has no end. */
export async function readPages<Entry>(first: Request<readonly Entry[]>, network: Network): Promise<Entry[]> {
  const entries: Entry[] = [];
  let request: Request<readonly Entry[]> | undefined = first;
  for (let page = 0; request !== undefined; page++) {
    if (page === MOST_PAGES) throw new SourceError(`${first.url.host} has more than ${MOST_PAGES} pages of it`);
    const { value, next }: { value: readonly Entry[]; next: URL | undefined } = await network.get(request);
    entries.push(...value);
    request = next === undefined ? undefined : { ...first, url: next };
  }
  return entries;
}
