import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../support/landed-shop.ts';

const INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web' },
  spec: {
    ingressClassName: 'nginx',
    rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
  },
};

/** The pod has been ready since 08:59, so the window after the roll ends at 09:05. */
const LATER = new Date('2026-03-16T09:10:00Z');
const ROLLED = Date.parse('2026-03-16T09:00:00Z') / 1000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => {
  shop.reset();
  const resources = 'resources: [web.yaml, ingress.yaml]\nimages: [{ name: shop/web, newTag: 1.1.0 }]\n';
  const files = { 'apps/one/kustomization.yaml': resources, 'apps/one/ingress.yaml': JSON.stringify(INGRESS) };
  shop.setRevision('one', shop.repository.commit('Route to it', files));
  shop.held.set('/apis/networking.k8s.io/v1/namespaces/one/ingresses/web', INGRESS);
  shop.serverTime = LATER;
});
afterAll(() => shop.close());

/** What Prometheus has of a window: how many requests and errors, the P95 in seconds, the length of a queue. */
type Numbers = readonly [requests: number, errors: number, latency: number, queue: number];

/** The number of a window that a query asks for. */
function numberOf(query: string, [requests, errors, latency, queue]: Numbers): number {
  if (query.startsWith('queue')) return queue;
  if (query.includes('quantile(0.95')) return latency;
  if (query.includes('quantile(1,')) return 2 * latency;
  return query.includes('status=~"5.."') ? errors : requests;
}

/** A Prometheus that has one window before the roll and another one after it. */
function prometheus(before: Numbers, after: Numbers): RequestListener {
  return ({ url = '' }, response) => {
    const asked = new URL(url, shop.address).searchParams;
    const time = Number(asked.get('time'));
    const number = numberOf(asked.get('query') ?? '', time < ROLLED ? before : after);
    const result = [{ metric: {}, value: [time, String(number)] }];
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  };
}

const WELL: Numbers = [1000, 1, 0.2, 10];

async function look(after: Numbers) {
  shop.held.set('/api/v1/query', prometheus(WELL, after));
  const config = join(shop.repository.path, '..', 'observe.yaml');
  writeFileSync(config, `observe: { queries: [{ title: queue, query: 'queue{app="one"}', max: 500 }] }\n`);
  const { stdout, exitCode } = await shop.run(['one', '--prometheus', shop.address, '--config', config], {
    now: () => LATER,
  });
  return { exitCode, told: stdout.replaceAll(/\s+/g, ' ') };
}

describe('deploy-lint landed, where all pods run it and Prometheus is asked how it serves', () => {
  it.each<[string, Numbers, number, string]>([
    ['serves as before', WELL, 0, 'landed one argocd landed pods landed metrics landed'],
    ['has more errors', [1000, 50, 0.2, 10], 1, 'Ingress web: failed, more errors: 5xx 0.1% -> 5%'],
    ['has become slow', [1000, 1, 3, 10], 1, 'Ingress web: failed, slower: 5xx 0.1% -> 0.1%, P95 200 ms -> 3 s'],
    ['lets a queue grow', [1000, 1, 0.2, 900], 1, 'queue: failed, 10 -> 900, at most 500'],
    ['is not asked for much', [20, 0, 0.2, 10], 3, 'unknown, 20 requests since the roll, 100 are needed to tell'],
    ['has no latency', [1000, 1, Number.NaN, 10], 3, 'unknown, how fast it answers is not known'],
  ])('%s', async (_, after, code, says) => {
    const { exitCode, told } = await look(after);
    expect(told).toContain(says);
    expect(exitCode).toBe(code);
  });
});
