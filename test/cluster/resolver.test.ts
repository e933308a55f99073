import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askDns } from '../../src/cluster/resolver.ts';

/** Record types and response codes (RFC 1035, sections 3.2.2 and 4.1.1). */
const [NS, AAAA] = [2, 28];
const [NOERROR, SERVFAIL, NXDOMAIN, REFUSED] = [0, 2, 3, 5];

type Answer =
  | { readonly address: string }
  | { readonly server: string }
  | typeof NOERROR
  | typeof SERVFAIL
  | typeof NXDOMAIN
  | typeof REFUSED;

/** What the zone holds; `*` is a wildcard. */
const ZONE = new Map<string, Answer>([
  ['NS shop.example', { server: 'ns.shop.example' }],
  ['NS wild.example', { server: 'ns.shop.example' }],
  ['A ns.shop.example', { address: '127.0.0.1' }],
  ['A www.shop.example', { address: '192.0.2.7' }],
  ['A mail.shop.example', NOERROR],
  ['A broken.shop.example', SERVFAIL],
  ['A closed.shop.example', REFUSED],
  ['A *.wild.example', { address: '192.0.2.8' }],
]);

let socket: Socket;
let port: number;

beforeAll(async () => {
  socket = createSocket('udp4');
  socket.on('message', (query, { address, port: from }) => socket.send(replyTo(query), from, address));
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve));
  port = socket.address().port;
});
afterAll(() => new Promise<void>(resolve => socket.close(() => resolve())));

function replyTo(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = query.readUInt16BE(at + 1);
  const answer = answerFor(labels.join('.').toLowerCase(), type);
  const data = typeof answer === 'number' ? undefined : dataOf(answer);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8400 | (typeof answer === 'number' ? answer : NOERROR), 2);
  header.writeUInt16BE(data === undefined ? 0 : 1, 6);
  header.writeUInt32BE(0, 8);
  const question = query.subarray(12, at + 5);
  if (data === undefined) return Buffer.concat([header, question]);
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([header, question, record, data]);
}

function answerFor(name: string, type: number): Answer {
  const kind = type === NS ? 'NS' : 'A';
  const exact = ZONE.get(`${kind} ${name}`) ?? ZONE.get(`${kind} *.${name.split('.').slice(1).join('.')}`);
  if (type === AAAA && typeof exact === 'object') return NOERROR;
  return exact ?? (type === NS ? NOERROR : NXDOMAIN);
}

function dataOf(answer: { readonly address: string } | { readonly server: string }): Buffer {
  if ('address' in answer) return Buffer.from(answer.address.split('.').map(Number));
  return Buffer.concat([
    ...answer.server.split('.').map(label => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}

function ask(host: string) {
  const here = [`127.0.0.1:${port}`];
  return askDns(host, { open: here, here, port }, 'nobody-made-this', 5000);
}

it.each([
  ['www.shop.example', { kind: 'addresses', addresses: ['192.0.2.7'] }, { kind: 'nxdomain' }],
  ['gone.shop.example', { kind: 'nxdomain' }, { kind: 'nxdomain' }],
  ['mail.shop.example', { kind: 'nodata' }, { kind: 'nxdomain' }],
  ['broken.shop.example', { kind: 'failed', why: 'fail (SERVFAIL)' }, { kind: 'nxdomain' }],
  ['closed.shop.example', { kind: 'failed', why: 'refuse to answer (REFUSED)' }, { kind: 'nxdomain' }],
  [
    'new.wild.example',
    { kind: 'addresses', addresses: ['192.0.2.8'] },
    { kind: 'addresses', addresses: ['192.0.2.8'] },
  ],
])('asks the servers of the zone for %s and for a name beside it', async (host, answer, neighbour) => {
  expect(await ask(host)).toEqual({ authority: answer, open: answer, here: answer, neighbour });
});

it('H05 gives up in time where nobody answers', async () => {
  const silent = createSocket('udp4');
  await new Promise<void>(resolve => silent.bind(0, '127.0.0.1', resolve));
  const servers = [`127.0.0.1:${silent.address().port}`];
  const started = Date.now();
  const view = await askDns('www.shop.example', { open: servers, here: servers, port }, 'nobody', 200);
  silent.close();
  expect(view).toEqual({
    authority: undefined,
    open: { kind: 'failed', why: 'do not answer' },
    here: { kind: 'failed', why: 'do not answer' },
    neighbour: undefined,
  });
  expect(Date.now() - started).toBeLessThan(1900);
});

it('knows no servers where no zone is found', async () => {
  expect(await ask('www.elsewhere.example')).toMatchObject({ authority: undefined, neighbour: undefined });
});
