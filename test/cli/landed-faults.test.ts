import { createServer, type RequestListener } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listening, NOW, openShop, type Shop } from '../support/landed-shop.ts';

let shop: Shop;
/** Another host, and how often it was asked. */
const other = createServer((_, response) => {
  reached += 1;
  response.end('{}');
});
let elsewhere: string;
let reached: number;
beforeAll(async () => {
  shop = await openShop();
  elsewhere = await listening(other);
  // What is loaded at first takes its time.
  await shop.run([]);
});
beforeEach(() => {
  shop.reset();
  reached = 0;
});
afterAll(async () => {
  await shop.close();
  await new Promise(resolve => other.close(resolve));
});

const says =
  (status: number, body = '{}', headers = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

const drip: RequestListener = (_, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 100);
  response.on('close', () => clearInterval(timer));
};

const breakOff: RequestListener = (_, response) => {
  response.writeHead(200).write('{"kind":', () => response.socket?.resetAndDestroy());
};

const flood: RequestListener = (_, response) => {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.writeHead(200).on('drain', more);
  more();
};

const sendAway: RequestListener = (_, response) => response.writeHead(307, { location: elsewhere }).end();

/** The first page of a list, and then that the rest is forgotten. */
const expire: RequestListener = (request, response) => {
  const { url = '' } = request;
  const isFirst = url.includes('?limit=') && !url.includes('continue=');
  const page = '{"kind":"PodList","apiVersion":"v1","metadata":{"continue":"more"},"items":[]}';
  says(isFirst ? 200 : 410, isFirst ? page : '{"kind":"Status","reason":"Expired"}')(request, response);
};

interface Fault {
  /** What happens instead of an answer. */
  readonly fault: RequestListener;
  /** What is said of it. */
  readonly why: string;
  /** The time there is, where it is not a short one. */
  readonly time?: string;
}

const FAULTS: readonly (readonly [string, Fault])[] = [
  ['says nothing at all', { fault: () => {}, why: 'SERVER did not answer within' }],
  ['sends ten bytes a second', { fault: drip, why: 'SERVER did not answer within' }],
  ['breaks off in the middle of the body', { fault: breakOff, why: 'SERVER breaks the connection off' }],
  ['does not know the token', { fault: says(401), why: 'the server does not accept the credentials (401)' }],
  ['forbids it', { fault: says(403), why: 'no permission to read' }],
  ['serves no such kind', { fault: says(404, '404 page not found'), why: 'the cluster does not serve it (404)' }],
  ['forgets the list while it is read', { fault: expire, why: 'changed faster than it could be read (410)' }],
  ['is busy for an hour', { fault: says(429, '{}', { 'retry-after': '3600' }), why: 'asks for fewer requests (429)' }],
  ['is broken', { fault: says(500), why: 'the server answers 500' }],
  ['is not up', { fault: says(503), why: 'the server answers 503' }],
  ['shows a page to log in', { fault: says(200, '<!doctype html><title>Log in</title>'), why: 'is not JSON' }],
  ['answers with half of it', { fault: says(200, '{"kind":"PodList","items":['), why: 'is not JSON' }],
  ['sends more than anyone has room for', { fault: flood, why: 'is larger than 32 MiB', time: '10s' }],
  ['sends to another host', { fault: sendAway, why: 'sends elsewhere (307), and redirects are not followed' }],
];

/** A look by a clock that goes on. */
async function look(time: string, kubeconfig?: string) {
  const start = Date.now();
  const now = () => new Date(NOW.getTime() + Date.now() - start);
  const env = kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig };
  const { stdout, exitCode } = await shop.run(['--timeout', time], { now, env });
  return { lines: stdout.split('\n'), told: stdout.replaceAll(/\s+/g, ' '), exitCode };
}

/** Milliseconds. Requests that kept to their own limits alone would take longer. */
const TIME_OUT = 20_000;

describe('H05 deploy-lint landed, where the API server', { timeout: TIME_OUT }, () => {
  it.each(FAULTS)('%s when it is asked for the pods of one unit', async (_, { fault, why, time = '2s' }) => {
    shop.held.set('/api/v1/namespaces/two/pods', fault);
    const { lines, told, exitCode } = await look(time);
    expect(lines).toContain('landed     one  argocd landed     pods landed');
    expect(lines).toContain('unknown    two  argocd landed     pods unknown');
    expect(told).toContain(why);
    expect(exitCode).toBe(3);
    expect(reached).toBe(0);
  });

  it.each(FAULTS)('%s whatever it is asked for', async (_, { fault, why, time = '1s' }) => {
    for (const path of shop.held.keys()) shop.held.set(path, fault);
    const { lines, told, exitCode } = await look(time);
    expect(lines).toContain('unknown    one  argocd unknown    pods unknown');
    expect(lines).toContain('unknown    two  argocd unknown    pods unknown');
    expect(told).toContain(why);
    expect(exitCode).toBe(3);
    expect(reached).toBe(0);
  });

  it('is not there', async () => {
    const closed = createServer();
    const address = await listening(closed);
    await new Promise(resolve => closed.close(resolve));
    const { lines, told, exitCode } = await look('1s', shop.kubeconfig(address));
    expect(lines).toContain('unknown    one  argocd unknown    pods unknown');
    expect(told).toContain('SERVER refuses connections');
    expect(exitCode).toBe(3);
  });

  it('has another time than this machine: ages are told by its clock', async () => {
    shop.serverTime = new Date(NOW.getTime() + 10 * 60_000);
    const { stdout } = await shop.run(['one']);
    expect(stdout).toContain('the youngest 11 min old');
    expect(stdout).toContain('The clock of this machine is 10 min behind that of the cluster');
    expect((await shop.run(['--format', 'markdown'])).stdout).toContain('is 10 min behind');
    expect(JSON.parse((await shop.run(['--format', 'json'])).stdout)).toMatchObject({ clockAhead: 600 });
    shop.serverTime = new Date(NOW.getTime() - 4 * 60_000);
    expect((await shop.run(['one'])).stdout).toContain('is 4 min ahead of that of the cluster');
  });
});
