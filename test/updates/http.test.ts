import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { get, readText } from '../../src/updates/http.ts';
import { credentialFor } from '../../src/updates/tokens.ts';
import { ask, memory } from './ask.ts';
import { type Route, serve, type TestServer } from './server.ts';

const servers: TestServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map(server => server.close())));

async function start(routes: Parameters<typeof serve>[0]): Promise<TestServer> {
  const server = await serve(routes);
  servers.push(server);
  return server;
}

const MEGABYTE = 1024 * 1024;

function fetched(url: string, options: Partial<Parameters<typeof get<string>>[0]> = {}, env: NodeJS.ProcessEnv = {}) {
  const signal = AbortSignal.timeout(10_000);
  return get({ url: new URL(url), limit: MEGABYTE, signal, read: readText, ...options }, env);
}

const redirect =
  (location: string): Route =>
  (_, response) =>
    response.writeHead(302, { Location: location }).end();

describe('a request', () => {
  it('carries its credential to its own host and not where a redirect leads', async () => {
    const other = await start({ '/end': 'there' });
    const server = await start({ '/start': redirect('/middle'), '/middle': redirect(`${other.url}/end`) });
    const credential = { Authorization: 'Bearer secret', 'PRIVATE-TOKEN': 'secret' };
    expect(await fetched(`${server.url}/start`, { credential })).toMatchObject({ value: 'there' });
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
    expect(other.asked[0]?.headers).not.toHaveProperty('authorization');
    expect(other.asked[0]?.headers).not.toHaveProperty('private-token');
  });

  it.each(['file:///etc/passwd', 'http://user:pass@127.0.0.1/', 'gopher://127.0.0.1/', 'http://'])(
    'is not led to %s',
    async location => {
      const server = await start({ '/': redirect(location) });
      await expect(fetched(server.url)).rejects.toThrow('redirects to an address that is not followed');
    },
  );

  it('is not led in circles', async () => {
    const server = await start({ '/': redirect('/') });
    await expect(fetched(server.url)).rejects.toThrow('redirects more than 5 times');
  });

  it.each([
    ['plain', { 'Content-Type': 'text/plain' }, Buffer.alloc(2 * MEGABYTE)],
    ['packed a thousandfold', { 'Content-Encoding': 'gzip' }, gzipSync(Buffer.alloc(64 * MEGABYTE))],
  ])('gives up a body that is too large: %s (F06)', async (_, headers, body) => {
    const server = await start({ '/': (_, response) => response.writeHead(200, headers).end(body) });
    await expect(fetched(server.url)).rejects.toThrow('answers with more than 1 MB');
  });

  it.each<[string, Route, string]>([
    ['that never comes', () => {}, 'gave no whole answer in time'],
    ['that stops in the middle', (_, response) => response.write('half'), 'gave no whole answer in time'],
    ['that breaks off', ({ socket }) => socket.destroy(), 'breaks the connection off'],
    [
      'that is not packed as it says',
      (_, response) => response.setHeader('Content-Encoding', 'gzip').end('no'),
      'cannot be read: Z_DATA_ERROR',
    ],
  ])('gives up an answer %s (F03, F06)', async (_, route, message) => {
    const server = await start({ '/': route });
    await expect(fetched(server.url, { signal: AbortSignal.timeout(300) })).rejects.toThrow(message);
  });

  it('says who refuses', async () => {
    const server = await start({});
    await server.close();
    await expect(fetched(server.url)).rejects.toThrow(/^127\.0\.0\.1:\d+ refuses connections$/);
  });
});

describe('a proxy', () => {
  const asked = (proxy: TestServer) => proxy.asked.map(({ path, headers }) => [path, headers['proxy-authorization']]);

  it('is asked for an address of http as a whole, with its own credential', async () => {
    const proxy = await start({ '*': 'by proxy' });
    const env = { HTTP_PROXY: proxy.url.replace('//', '//me:se%40cret@') };
    expect(await fetched('http://charts.example/index.yaml?a=b', {}, env)).toMatchObject({ value: 'by proxy' });
    const credential = `Basic ${Buffer.from('me:se@cret').toString('base64')}`;
    expect(asked(proxy)).toEqual([['http://charts.example/index.yaml?a=b', credential]]);
  });

  it('opens a tunnel for https, or is said to refuse it', async () => {
    const proxy = await start({});
    await expect(fetched('https://charts.example/', {}, { https_proxy: proxy.url })).rejects.toThrow(
      /breaks the connection off|the proxy .* answers/,
    );
  });

  it.each([
    ['127.0.0.1', true],
    ['*', true],
    ['example.com, 127.0.0.1', true],
    ['.0.0.1', true],
    ['other.example', false],
    ['127.0.0.1:1', false],
  ])('is left out where NO_PROXY is %s', async (list, direct) => {
    const server = await start({ '/': 'direct' });
    const proxy = await start({ '*': 'by proxy' });
    const env = { http_proxy: proxy.url, NO_PROXY: list };
    expect((await fetched(server.url, {}, env)).value).toBe(direct ? 'direct' : 'by proxy');
  });
});

describe('a token', () => {
  it.each([
    ['https://api.github.com/repos', { GITHUB_TOKEN: 't' }, { Authorization: 'Bearer t' }],
    ['https://api.github.com.evil.example/repos', { GITHUB_TOKEN: 't' }, {}],
    ['https://uploads.github.com/', { GITHUB_TOKEN: 't' }, {}],
    ['http://api.github.com/repos', { GITHUB_TOKEN: 't' }, {}],
    ['https://gitlab.com/api', { GITLAB_TOKEN: 't' }, { 'PRIVATE-TOKEN': 't' }],
    ['https://registry.terraform.io/v1', { TF_TOKEN_registry_terraform_io: 't' }, { Authorization: 'Bearer t' }],
    [
      'https://charts.my-team.example/',
      { DEPLOY_LINT_TOKEN_CHARTS_MY_TEAM_EXAMPLE: 'a:b' },
      { Authorization: 'Basic YTpi' },
    ],
    ['https://other.example/', { DEPLOY_LINT_TOKEN_CHARTS_MY_TEAM_EXAMPLE: 'a:b' }, {}],
  ])('goes to its own host alone: %s', (url, env, expected) => {
    expect(credentialFor(new URL(url), env)).toEqual(expected);
  });
});

describe('what was answered before', () => {
  it('is asked for by its ETag and not sent again; without a network it is the answer', async () => {
    const kept = memory();
    const server = await start({
      '*': ({ headers }, response) => {
        if (headers['if-none-match'] === '"1"') response.writeHead(304).end();
        else response.setHeader('ETag', '"1"').end('[{"tag_name":"v1.0.0"}]');
      },
    });
    const source = { type: 'github', repo: 'a/b', url: server.url };
    const first = await ask(source, { kept });
    expect(await ask(source, { kept })).toEqual(first);
    expect(await ask(source, { kept, offline: true })).toEqual(first);
    expect(server.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"']);
    await expect(ask(source, { offline: true })).rejects.toThrow(/nothing is kept of .* for --offline/);
  });

  it('never holds a credential (F04)', async () => {
    const kept = memory();
    const server = await start({ '*': '[{"tag_name":"v1.0.0"}]' });
    const name = `DEPLOY_LINT_TOKEN_${new URL(server.url).host.replace(/\W/g, '_')}`;
    await ask({ type: 'github', repo: 'a/b', url: server.url }, { kept, env: { [name]: 'canary-token' } });
    expect(server.asked[0]?.headers.authorization).toBe('Bearer canary-token');
    expect(JSON.stringify([...kept.answers])).not.toContain('canary');
  });
});
