import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import { expect, it } from 'vitest';
import { httpLines } from '../../src/cluster/http-get.ts';
import { listening } from '../support/landed-shop.ts';

const { signal } = new AbortController();
const FOR_LONG = { silence: 600_000, signal };

it('leaves nothing behind on a connection that is used again', async () => {
  const server = createServer((_, response) => response.end('{}\n'));
  const base = await listening(server);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const listeners: number[] = [];
  for (let times = 0; times < 3; times++) {
    const freed = once(agent, 'free');
    const opened = await httpLines({ base, headers: {}, agent }, '/', FOR_LONG);
    if (!opened.known) throw new Error(opened.why);
    for await (const line of opened.value.lines) expect(line).toBe('{}');
    const [socket] = await freed;
    listeners.push(socket.listenerCount('timeout'));
  }
  agent.destroy();
  await new Promise(resolve => server.close(resolve));
  expect(new Set(listeners).size).toBe(1);
});

it('ends the connection where the answer is another than 200, which nobody reads', async () => {
  const server = createServer((_, response) => response.writeHead(403).end('{}'));
  const base = await listening(server);
  const connection = once(server, 'connection');
  const agent = new Agent({ keepAlive: true });
  expect(await httpLines({ base, headers: {}, agent }, '/', FOR_LONG)).toMatchObject({ value: { status: 403 } });
  const [socket] = await connection;
  if (!socket.destroyed) await once(socket, 'close');
  await new Promise(resolve => server.close(resolve));
}, 5000);
