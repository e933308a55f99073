import { json, type Network, type Request, StatusError } from '../network.ts';
import type { Origin } from '../origin.ts';
import { type Release, releaseOf, SourceError } from '../release.ts';
import { listAt, textAt } from './json.ts';
import { readPages } from './pages.ts';

/** Where Docker Hub answers for its name. */
const HUB = { name: 'docker.io', api: 'registry-1.docker.io' };

/**
 * The tags of a repository, of an image or of a chart that is kept as one.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#content-discovery
 */
export async function registryReleases(
  { host, repository }: Extract<Origin, { kind: 'registry' }>,
  network: Network,
): Promise<Release[]> {
  const name = host === HUB.name ? HUB.api : host;
  const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(name);
  const request: Request<readonly string[]> = {
    url: new URL(`${isLocal ? 'http' : 'https'}://${name}/v2/${repository}/tags/list?n=1000`),
    read: json(answer => listAt(answer, 'tags').filter(tag => typeof tag === 'string')),
  };
  return (await readPages(await admitted(request, repository, network), network)).flatMap(tag => releaseOf(tag) ?? []);
}

/** The request with the token that the registry asks for, which public ones give to anybody. */
async function admitted<Result>(
  request: Request<Result>,
  repository: string,
  network: Network,
): Promise<Request<Result>> {
  try {
    await network.get(request);
    return request;
  } catch (error) {
    if (!(error instanceof StatusError) || error.status !== 401) throw error;
    const url = tokenAddress(error.challenge ?? '', request.url, repository);
    if (url === undefined) throw error;
    const { value: token } = await network.get({ url, read: json(readToken), transient: true });
    return { ...request, credential: { Authorization: `Bearer ${token}` } };
  }
}

/** `Bearer realm="https://auth.example/token",service="registry.example"`; the scope is ours to name. */
function tokenAddress(challenge: string, registry: URL, repository: string): URL | undefined {
  if (!/^bearer /i.test(challenge)) return undefined;
  const part = (name: string) =>
    new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value])).get(name);
  const realm = part('realm');
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && registry.protocol === 'http:');
  if (!isSafe || url.username !== '')
    throw new SourceError(`${registry.host} sends elsewhere for a token, which is not followed`);
  const service = part('service');
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', `repository:${repository}:pull`);
  return url;
}

function readToken(answer: unknown): string {
  const token = textAt(answer, 'token') ?? textAt(answer, 'access_token');
  if (token === undefined || !/^[\w.~+/=-]{1,16384}$/.test(token)) throw new SourceError('the registry gives no token');
  return token;
}
