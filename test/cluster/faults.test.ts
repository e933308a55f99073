import { Agent, createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clusterAt } from '../../src/cluster/kubernetes-api.ts';

/** An API server of our own, which does what the test says. */
let server: Server;
let answer: RequestListener;
let asked: string[];
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  base = baseOf(server);
});
afterEach(() => server.closeAllConnections());
afterAll(() => new Promise(resolve => server.close(resolve)));

function baseOf(one: Server): string {
  const address = one.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const json = (status: number, body: unknown, headers = {}) =>
  ((_, response) => response.writeHead(status, headers).end(JSON.stringify(body))) as RequestListener;
const text = (status: number, body: string) =>
  ((_, response) => response.writeHead(status).end(body)) as RequestListener;

/** Milliseconds; what waits for ever is given up after that. */
const TIME = 700;

function look(kind: 'list' | 'get' = 'list', at = base) {
  asked = [];
  const started = Date.now();
  const endpoint = { base: at, headers: { authorization: 'Bearer secret' }, agent: new Agent() };
  const cluster = clusterAt(endpoint, { deadline: started + TIME, now: Date.now });
  const found = kind === 'list' ? cluster.list('Pod', 'shop') : cluster.get('apps/Deployment', 'shop', 'web');
  return found.then(result => ({ result, took: Date.now() - started }));
}

const POD = { metadata: { name: 'web-1', namespace: 'shop' } };
const LIST = { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [POD] };

function drip(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}

describe('H05 a server that fails is never taken for an answer, and always given up in time', () => {
  it.each<[string, RequestListener, string]>([
    ['never answers', () => {}, 'did not answer within 1 s'],
    ['answers a byte at a time', (_, response) => drip(response), 'did not answer within 1 s'],
    [
      'breaks off in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"items":[');
        setImmediate(() => response.destroy());
      },
      'breaks the connection off',
    ],
    ['refuses the credentials', json(401, {}), 'does not accept the credentials (401)'],
    ['forbids the kind', json(403, {}), 'no permission to read Pod (403)'],
    ['does not have the kind', text(404, '404 page not found'), 'the cluster does not serve it (404)'],
    ['lost the list', json(410, { reason: 'Expired' }), '(410)'],
    ['is conflicted', json(409, {}), 'the server answers 409'],
    ['is busy for long', json(429, {}, { 'retry-after': '30' }), '(429)'],
    ['is broken', json(500, {}), 'the server answers 500'],
    ['is not there yet', json(503, {}), 'the server answers 503'],
    ['answers with a page', text(200, '<html>Log in</html>'), 'is not JSON'],
    ['answers with half of it', text(200, '{"items":['), 'is not JSON'],
    ['answers with another thing', json(200, { kind: 'Status' }), 'is no list'],
    ['lists what is no object', json(200, { ...LIST, items: [POD, 7] }), 'holds something else'],
    [
      'packs its answer',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'an encoding that was not asked for',
    ],
  ])('%s', async (_, listener, why) => {
    answer = listener;
    const { result, took } = await look();
    expect(result).toMatchObject({ known: false, why: expect.stringContaining(why) });
    expect(took).toBeLessThan(5000);
  });

  it('refuses connections', async () => {
    const closed = createServer();
    await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve));
    const address = baseOf(closed);
    await new Promise(resolve => closed.close(resolve));
    const { result } = await look('list', address);
    expect(result).toMatchObject({
      known: false,
      passes: true,
      why: expect.stringContaining('refuses connections'),
    });
  });

  it('sends more than anyone has room for', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    answer = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    asked = [];
    const endpoint = { base, headers: {}, agent: new Agent() };
    const cluster = clusterAt(endpoint, { deadline: Date.now() + 9000, now: Date.now });
    expect(await cluster.list('Pod', 'shop')).toMatchObject({ why: expect.stringContaining('larger than 32 MiB') });
  });

  it('sends elsewhere, where no credentials follow', async () => {
    let reached = 0;
    const other = createServer((_, response) => {
      reached += 1;
      response.end('{}');
    });
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    answer = (_, response) => response.writeHead(302, { location: `${baseOf(other)}/` }).end();
    const { result } = await look();
    await new Promise(resolve => other.close(resolve));
    expect(result).toMatchObject({ known: false, why: expect.stringContaining('redirects are not followed') });
    expect(reached).toBe(0);
  });

  it('is asked again where it names a time that there is', async () => {
    let calls = 0;
    answer = (request, response) => {
      calls += 1;
      (calls === 1 ? json(429, {}, { 'retry-after': '0' }) : json(200, LIST))(request, response);
    };
    expect((await look()).result).toMatchObject({ known: true });
    expect(calls).toBe(2);
  });

  it('never comes to the end of a list', async () => {
    answer = json(200, { ...LIST, metadata: { continue: 'more' } });
    asked = [];
    const endpoint = { base, headers: {}, agent: new Agent() };
    const cluster = clusterAt(endpoint, { deadline: Date.now() + 9000, now: Date.now });
    expect(await cluster.list('Pod', 'shop')).toMatchObject({ why: 'there are more than 20000 objects of Pod' });
    expect(asked).toHaveLength(40);
  });

  it('is read page by page, and once more from the start where a list expires', async () => {
    let calls = 0;
    answer = (request, response) => {
      calls += 1;
      const next = new URL(request.url ?? '', base).searchParams.get('continue');
      if (calls === 2) json(410, { reason: 'Expired' })(request, response);
      else json(200, { ...LIST, metadata: next === null ? { continue: 'more' } : {} })(request, response);
    };
    const { result } = await look();
    expect(result).toMatchObject({ known: true, value: { length: 2 } });
    expect(calls).toBe(4);
  });

  it('tells an object that is not there from a kind that is not served', async () => {
    answer = json(404, { kind: 'Status', reason: 'NotFound', details: { name: 'web', kind: 'deployments' } });
    expect((await look('get')).result).toEqual({ known: true, value: undefined });
    answer = json(404, { kind: 'Status', reason: 'NotFound', details: {} });
    expect((await look('get')).result).toMatchObject({ known: false });
  });

  it('answers with another object than was asked for', async () => {
    answer = json(200, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'other' } });
    expect((await look('get')).result).toMatchObject({ known: false, why: expect.stringContaining('another object') });
  });

  it('nests deeper than anything in a cluster', async () => {
    answer = text(
      200,
      `{"kind":"PodList","items":[{"metadata":{"name":"a"},"spec":${'['.repeat(9000)}${']'.repeat(9000)}}]}`,
    );
    expect((await look()).result).toMatchObject({ known: true });
  });
});

it('H04 asks with GET and nothing else', async () => {
  answer = json(200, LIST);
  await look();
  expect(asked).toEqual(['GET /api/v1/namespaces/shop/pods?limit=500']);
});
