import { afterEach, describe, expect, it } from 'vitest';
import { ask, NOW } from './ask.ts';
import { type Route, serve, type TestServer } from './server.ts';

let server: TestServer;
afterEach(() => server.close());

const versions = async (releases: ReturnType<typeof ask>) =>
  (await releases).map(({ version, date, prerelease, withdrawn }) =>
    [version, date?.slice(0, 10), prerelease && 'pre-release', withdrawn && 'withdrawn'].filter(Boolean).join(' '),
  );

/** A list in pages of two, as GitHub and GitLab link them. */
function pages(entries: readonly object[], base: () => string): Route {
  return ({ url = '' }, response) => {
    const page = Number(new URL(url, base()).searchParams.get('page') ?? '1');
    const path = url.replace(/\?.*/, '');
    if (page * 2 < entries.length) {
      response.setHeader(
        'Link',
        `<${base()}${path}?per_page=100&page=${page + 1}>; rel="next", <${base()}${path}>; rel="last"`,
      );
    }
    response.end(JSON.stringify(entries.slice(page * 2 - 2, page * 2)));
  };
}

describe('GitHub', () => {
  it('is asked page by page for releases', async () => {
    server = await serve({
      '/repos/kedacore/keda/releases': pages(
        [
          { tag_name: 'v2.18.0', published_at: '2026-01-02T03:04:05Z', draft: true, prerelease: false },
          { tag_name: 'v2.18.0-rc1', published_at: '2026-01-01T03:04:05Z', draft: false, prerelease: true },
          { tag_name: 'v2.17.0', published_at: '2025-04-07T10:26:51Z', draft: false, prerelease: false },
          { tag_name: '`id`', published_at: 'never', draft: false, prerelease: false },
          { tag_name: 'v2.16.1', published_at: 'never', draft: false, prerelease: false },
        ],
        () => server.url,
      ),
    });
    expect(await versions(ask({ type: 'github', repo: 'kedacore/keda', url: server.url }))).toEqual([
      'v2.18.0-rc1 2026-01-01 pre-release',
      'v2.17.0 2025-04-07',
      'v2.16.1',
    ]);
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/repos/kedacore/keda/releases?per_page=100',
      '/repos/kedacore/keda/releases?per_page=100&page=2',
      '/repos/kedacore/keda/releases?per_page=100&page=3',
    ]);
  });

  it('is asked for tags where there are no releases', async () => {
    server = await serve({ '/repos/a/b/releases': [], '/repos/a/b/tags': [{ name: 'v1.0.0' }, { name: 'v1.0.1' }] });
    expect(await versions(ask({ type: 'github', repo: 'a/b', url: server.url }))).toEqual(['v1.0.0', 'v1.0.1']);
  });

  it.each([
    ['waits as long as it is told, and asks again', { 'Retry-After': '0' }, 429, 3],
    [
      'waits for a limit that ends soon',
      { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': `${NOW.getTime() / 1000}` },
      403,
      3,
    ],
    ['knows the other limit of GitHub', { 'Retry-After': '0' }, 403, 3],
    [
      'does not wait for an hour',
      { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': `${NOW.getTime() / 1000 + 3600}` },
      403,
      1,
    ],
    ['does not wait for a date that is far', { 'Retry-After': 'Mon, 16 Mar 2026 10:00:00 GMT' }, 503, 1],
  ])('%s', async (_, headers, status, times) => {
    server = await serve({ '*': (_, response) => response.writeHead(status, headers).end() });
    const hour = times === 1 ? ' for another 3600 s' : ' for another 0 s';
    await expect(ask({ type: 'github', repo: 'a/b', url: server.url })).rejects.toThrow(
      `takes no more requests${hour}`,
    );
    expect(server.asked).toHaveLength(times);
  });

  it('answers at the second attempt', async () => {
    let times = 0;
    server = await serve({
      '*': (_, response) =>
        times++ === 0 ? response.writeHead(429, { 'Retry-After': '0' }).end() : response.end('[{"tag_name":"v1.0.0"}]'),
    });
    expect(await versions(ask({ type: 'github', repo: 'a/b', url: server.url }))).toEqual(['v1.0.0']);
  });

  it('does not lead to another host by its links', async () => {
    server = await serve({
      '*': (_, response) => {
        response.setHeader('Link', '<http://169.254.169.254/latest?page=2>; rel="next"');
        response.end('[{"tag_name":"v1.0.0"}]');
      },
    });
    expect(await versions(ask({ type: 'github', repo: 'a/b', url: server.url }))).toEqual(['v1.0.0']);
  });
});

describe('GitLab', () => {
  it('is asked page by page for releases, then for tags', async () => {
    const release = (tag_name: string, released_at: string) => ({ tag_name, released_at, upcoming_release: false });
    server = await serve({
      '/api/v4/projects/group%2Fsub%2Fname/releases': pages(
        [release('1.2.0', '2026-01-02T00:00:00Z'), release('1.1.0', ''), release('1.0.0', '')],
        () => server.url,
      ),
      '/api/v4/projects/a%2Fb/releases': [],
      '/api/v4/projects/a%2Fb/repository/tags': [{ name: '3.0.0', commit: { created_at: '2025-05-05T00:00:00Z' } }],
    });
    const repo = { type: 'gitlab', url: server.url };
    expect(await versions(ask({ ...repo, repo: 'group/sub/name' }))).toEqual(['1.2.0 2026-01-02', '1.1.0', '1.0.0']);
    expect(await versions(ask({ ...repo, repo: 'a/b' }))).toEqual(['3.0.0 2025-05-05']);
  });
});

describe('a registry of images', () => {
  /** Gives tags in pages of two to who brings the token that it gives to anybody. */
  async function registry(tags: readonly string[], realm?: string): Promise<TestServer> {
    return serve({
      '/token': { token: 'for.this-one' },
      '*': ({ url = '', headers }, response) => {
        if (headers.authorization !== 'Bearer for.this-one') {
          const challenge = `Bearer realm="${realm ?? `${server.url}/token`}",service="registry",scope="wrong"`;
          response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
          return;
        }
        const start = tags.indexOf(new URL(url, server.url).searchParams.get('last') ?? '') + 1;
        const page = tags.slice(start, start + 2);
        if (start + 2 < tags.length)
          response.setHeader('Link', `</v2/org/name/tags/list?last=${page.at(-1)}&n=2>; rel="next"`);
        response.end(JSON.stringify({ name: 'org/name', tags: page }));
      },
    });
  }

  it('is asked for a token and then page by page', async () => {
    server = await registry(['1.0.0', '1.0.1', 'latest', '1.1.0', '../../etc']);
    const host = new URL(server.url).host;
    expect(await versions(ask({ type: 'docker', repo: `${host}/org/name` }))).toEqual([
      '1.0.0',
      '1.0.1',
      'latest',
      '1.1.0',
    ]);
    expect(server.asked.map(({ path }) => path)[1]).toBe(
      '/token?service=registry&scope=repository%3Aorg%2Fname%3Apull',
    );
    expect(await versions(ask({ type: 'oci', url: `oci://${host}/org`, chart: 'name' }))).toHaveLength(4);
  });

  it.each(['ftp://127.0.0.1/token', 'https://user@127.0.0.1/token', 'nowhere'])(
    'is not followed to %s',
    async realm => {
      server = await registry([], realm);
      const host = new URL(server.url).host;
      await expect(ask({ type: 'docker', repo: `${host}/org/name` })).rejects.toThrow(
        /not followed|asks who is asking/,
      );
    },
  );
});

describe('a registry of Terraform', () => {
  it('tells versions of providers and modules where it says that they are', async () => {
    server = await serve({
      '/.well-known/terraform.json': {
        'providers.v1': '/terraform/providers/v1/',
        'modules.v1': '/terraform/modules/v1',
      },
      '/terraform/providers/v1/hashicorp/aws/versions': {
        versions: [{ version: '5.0.0' }, { version: '5.1.0-beta1' }],
      },
      '/terraform/modules/v1/org/eks/aws/versions': { modules: [{ versions: [{ version: '20.1.0' }] }] },
    });
    const source = { type: 'terraform', url: server.url };
    expect(await versions(ask({ ...source, repo: 'hashicorp/aws' }))).toEqual(['5.0.0', '5.1.0-beta1']);
    expect(await versions(ask({ ...source, repo: 'org/eks/aws' }))).toEqual(['20.1.0']);
  });
});

describe('Artifact Hub', () => {
  it('tells the versions of a chart', async () => {
    server = await serve({
      '/api/v1/packages/helm/kedacore/keda': {
        version: '2.17.0',
        app_version: '2.17.0',
        deprecated: false,
        available_versions: [
          { version: '2.17.0', ts: 1744021611, prerelease: false },
          { version: '2.18.0-rc1', ts: 1744021611, prerelease: true },
        ],
      },
    });
    expect(await versions(ask({ type: 'artifacthub', repo: 'kedacore/keda', url: server.url }))).toEqual([
      '2.17.0 2025-04-07',
      '2.18.0-rc1 2025-04-07 pre-release',
    ]);
  });
});
