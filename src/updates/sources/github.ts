import { json, type Network, type Request } from '../network.ts';
import type { Origin } from '../origin.ts';
import { dateOf, type Release, releaseOf } from '../release.ts';
import { listAt, textAt, valueAt } from './json.ts';
import { readPages } from './pages.ts';

/** GitHub hands out a thousand releases at most; the newest come first. https://docs.github.com/en/rest/releases */
const HEADERS = { Accept: 'application/vnd.github+json', 'X-GitHub-Api-Version': '2022-11-28' };

/** The releases of a repository; the tags of one that has none, which have no dates. */
export async function githubReleases(
  { api, repository }: Extract<Origin, { kind: 'github' }>,
  network: Network,
): Promise<Release[]> {
  const list = (what: string, read: (entry: unknown) => Release | undefined): Request<readonly Release[]> => ({
    url: new URL(`${api.href.replace(/\/$/, '')}/repos/${repository}/${what}?per_page=100`),
    headers: HEADERS,
    read: json(answer => listAt(answer).flatMap(entry => read(entry) ?? [])),
  });
  const releases = await readPages(list('releases', readRelease), network);
  if (releases.length > 0) return releases;
  return readPages(
    list('tags', entry => releaseOf(textAt(entry, 'name') ?? '')),
    network,
  );
}

function readRelease(entry: unknown): Release | undefined {
  if (valueAt(entry, 'draft') === true) return undefined;
  return releaseOf(textAt(entry, 'tag_name') ?? '', {
    date: dateOf(valueAt(entry, 'published_at')),
    prerelease: valueAt(entry, 'prerelease') === true,
  });
}
