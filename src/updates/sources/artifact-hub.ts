import { json, type Network } from '../network.ts';
import type { Origin } from '../origin.ts';
import { type Release, releaseOf } from '../release.ts';
import { listAt, textAt, valueAt } from './json.ts';

/** The versions of a chart that Artifact Hub follows. https://artifacthub.io/docs/api/ */
export async function artifactHubReleases(
  { api, package: name }: Extract<Origin, { kind: 'artifacthub' }>,
  network: Network,
): Promise<readonly Release[]> {
  const url = new URL(`${api.href.replace(/\/$/, '')}/api/v1/packages/helm/${name}`);
  return (await network.get({ url, read: json(readPackage) })).value;
}

function readPackage(answer: unknown): Release[] {
  const withdrawn = valueAt(answer, 'deprecated') === true;
  const [newest, app] = [textAt(answer, 'version'), textAt(answer, 'app_version')];
  return listAt(answer, 'available_versions').flatMap(entry => {
    const version = textAt(entry, 'version') ?? '';
    const seconds = valueAt(entry, 'ts');
    const date = typeof seconds === 'number' ? new Date(seconds * 1000) : undefined;
    return (
      releaseOf(version, {
        date: date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString(),
        prerelease: valueAt(entry, 'prerelease') === true,
        withdrawn,
        appVersion: version === newest ? app : undefined,
      }) ?? []
    );
  });
}
