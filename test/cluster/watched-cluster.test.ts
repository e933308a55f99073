import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WatchedCluster, watchedCluster } from '../../src/cluster/watched-cluster.ts';

/** An API server of our own: lists answer `listed`, watches stay open for the test to write to. */
let server: Server;
let cluster: WatchedCluster;
let asked: URLSearchParams[];
let listed: string[];
let listStatus: number;
let watchStatus: number;
let watches: ServerResponse[];
/** Milliseconds that have gone by without anybody waiting for them. */
let skipped: number;

beforeEach(async () => {
  [asked, listed, listStatus, watchStatus, watches, skipped] = [[], ['web-1'], 200, 200, [], 0];
  server = createServer(({ url = '' }, response) => {
    const query = new URL(url, 'http://server').searchParams;
    asked.push(query);
    if (query.has('watch')) {
      response.writeHead(watchStatus).flushHeaders();
      if (watchStatus === 200) watches.push(response);
      else response.end('{}');
      return;
    }
    const items = listed.map(name => pod(name));
    response.writeHead(listStatus);
    response.end(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '10' }, items }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const endpoint = { base, headers: {}, agent: undefined };
  cluster = watchedCluster(endpoint, { deadline: Date.now() + 20_000, now: () => Date.now() + skipped });
});
afterEach(async () => {
  cluster.close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

const pod = (name: string, resourceVersion = '10') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', resourceVersion },
});

async function names(): Promise<string[] | string> {
  const found = await cluster.list('Pod', 'shop');
  return found.known ? found.value.map(({ id }) => id.name) : found.why;
}

/** The names as soon as they are these; fails by the time of the test otherwise. */
async function become(expected: string[] | string): Promise<void> {
  for (;;) {
    const next = cluster.changed();
    if (JSON.stringify(await names()) === JSON.stringify(expected)) return;
    await next;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 5));
}

function send(type: string, object: unknown): void {
  watches.at(-1)?.write(`${JSON.stringify({ type, object })}\n`);
}

const kinds = () => asked.map(query => (query.has('watch') ? `watch ${query.get('resourceVersion')}` : 'list'));

it('lists once, and then is told what changes', async () => {
  await become(['web-1']);
  await until(() => watches.length === 1);
  send('ADDED', pod('web-2', '11'));
  await become(['web-1', 'web-2']);
  send('DELETED', pod('web-1', '12'));
  await become(['web-2']);
  expect(kinds()).toEqual(['list', 'watch 10']);
});

it('asks for one object by its name', async () => {
  expect(await cluster.get('Pod', 'shop', 'web-1')).toMatchObject({ known: true, value: { id: { name: 'web-1' } } });
  listed = [];
  expect(await cluster.get('Pod', 'shop', 'web-2')).toEqual({ known: true, value: undefined });
  expect(asked[0]?.get('fieldSelector')).toBe('metadata.name=web-1');
});

it('goes on from where it was where the server ends the watch, by its bookmarks too', async () => {
  await become(['web-1']);
  await until(() => watches.length === 1);
  skipped = 5000;
  watches[0]?.end(
    `${JSON.stringify({ type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: '50' } } })}\n`,
  );
  await until(() => watches.length === 2);
  expect(kinds()).toEqual(['list', 'watch 10', 'watch 50']);
});

it.each<[string, () => void]>([
  ['has forgotten since when (410)', () => send('ERROR', { kind: 'Status', code: 410, metadata: {} })],
  ['breaks off', () => watches.at(-1)?.destroy()],
  ['sends no JSON', () => watches.at(-1)?.write('<html>\n')],
  ['sends another kind', () => send('ADDED', { ...pod('web-9'), kind: 'Node' })],
])('H05 lists again where the server %s', async (_, happens) => {
  await become(['web-1']);
  await until(() => watches.length === 1);
  listed = ['web-3'];
  happens();
  await become(['web-3']);
  await until(() => watches.length === 2);
  expect(kinds()).toEqual(['list', 'watch 10', 'list', 'watch 10']);
});

it('H05 lists again and again where watching is forbidden', async () => {
  watchStatus = 403;
  await become(['web-1']);
  listed = ['web-2'];
  await become(['web-2']);
  listed = ['web-3'];
  await become(['web-3']);
  expect(kinds().slice(0, 5)).toEqual(['list', 'watch 10', 'list', 'watch 10', 'list']);
});

it('H05 knows nothing any more once the server is gone', async () => {
  await become(['web-1']);
  await until(() => watches.length === 1);
  listStatus = 403;
  watches[0]?.destroy();
  await become('no permission to read Pod (403)');
});

it('leaves no connection open', async () => {
  await become(['web-1']);
  await until(() => watches.length === 1);
  const closed = new Promise(resolve => watches[0]?.on('close', resolve));
  cluster.close();
  await closed;
});
