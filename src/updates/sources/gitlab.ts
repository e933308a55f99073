import { json, type Network, type Request } from '../network.ts';
import type { Origin } from '../origin.ts';
import { dateOf, type Release, releaseOf } from '../release.ts';
import { listAt, textAt, valueAt } from './json.ts';
import { readPages } from './pages.ts';

/** The releases of a project, or its tags where it has none. https://docs.gitlab.com/api/releases/ */
export async function gitlabReleases(
  { api, project }: Extract<Origin, { kind: 'gitlab' }>,
  network: Network,
): Promise<Release[]> {
  const base = `${api.href.replace(/\/$/, '')}/api/v4/projects/${encodeURIComponent(project)}`;
  const list = (what: string, read: (entry: unknown) => Release | undefined): Request<readonly Release[]> => ({
    url: new URL(`${base}/${what}?per_page=100`),
    read: json(answer => listAt(answer).flatMap(entry => read(entry) ?? [])),
  });
  const releases = await readPages(list('releases', readRelease), network);
  return releases.length > 0 ? releases : readPages(list('repository/tags', readTag), network);
}

function readRelease(entry: unknown): Release | undefined {
  const date = dateOf(valueAt(entry, 'released_at'));
  return releaseOf(textAt(entry, 'tag_name') ?? '', { date, prerelease: valueAt(entry, 'upcoming_release') === true });
}

function readTag(entry: unknown): Release | undefined {
  return releaseOf(textAt(entry, 'name') ?? '', { date: dateOf(valueAt(valueAt(entry, 'commit'), 'created_at')) });
}
