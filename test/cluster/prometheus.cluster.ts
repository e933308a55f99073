import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Prometheus, prometheusAt } from '../../src/cluster/prometheus.ts';
import { NOTHING_OBSERVED } from '../../src/config/observe.ts';
import { ingressQueries, judgeTraffic, type Window, type WindowQueries } from '../../src/landed/traffic.ts';
import { object } from '../support/objects.ts';
import { freePort } from './control-plane.ts';

const found = ['/usr/bin', '/usr/local/bin'].find(folder => existsSync(join(folder, 'prometheus')));
if (found === undefined) throw new Error('prometheus and promtool are not installed');

/** The roll, in seconds: what stands before it is the window before, and five minutes later the one after it. */
const ROLL = Math.floor(Date.now() / 1000) - 3600;
const BEFORE = ROLL * 1000;
const AFTER = (ROLL + 60 + 300) * 1000;
const STEP = 15;

/** Requests, errors, slow answers and those beyond the last bucket in a second. */
type Numbers = readonly [requests: number, errors: number, slow: number, beyond?: number];

/** An Ingress before and after the roll. */
interface Series {
  readonly name: string;
  readonly before?: Numbers;
  readonly after?: Numbers;
  readonly controller?: 'nginx' | 'traefik';
  /** As Prometheus calls the label where its own is in the way. */
  readonly label?: 'namespace' | 'exported_namespace';
}

const SERIES: readonly Series[] = [
  { name: 'steady', before: [10, 0.01, 0], after: [10, 0.01, 0] },
  { name: 'plain', before: [10, 0, 0], after: [10, 0, 0], label: 'namespace' },
  { name: 'broken', before: [10, 0.01, 0], after: [10, 1, 0] },
  { name: 'slow', before: [10, 0, 0], after: [10, 0, 5] },
  { name: 'endless', before: [10, 0, 0], after: [10, 0, 0, 5] },
  { name: 'quiet', before: [10, 0, 0], after: [0.1, 0.1, 0] },
  { name: 'stopped', before: [10, 0, 0] },
  { name: 'fresh', after: [10, 0, 0] },
  { name: 'by-traefik', before: [10, 0, 0], after: [10, 2, 0], controller: 'traefik' },
];

const METRICS = {
  nginx: { metric: 'nginx_ingress_controller_request', status: 'status' },
  traefik: { metric: 'traefik_service_request', status: 'code' },
};
const TOTAL = { nginx: '', traefik: '_total' };

let folder: string;
let server: ReturnType<typeof spawn>;
let prometheus: Prometheus;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-lint-prometheus-'));
  writeFileSync(join(folder, 'series.txt'), openMetrics());
  writeFileSync(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
  const data = join(folder, 'data');
  const blocks = ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'series.txt'), data];
  execFileSync(join(found, 'promtool'), blocks, { stdio: 'pipe' });
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const options = [`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${data}`];
  server = spawn(join(found, 'prometheus'), [...options, `--web.listen-address=${address}`], { stdio: 'ignore' });
  const patience = { deadline: Date.now() + 120_000, now: Date.now };
  prometheus = prometheusAt({ base: `http://${address}`, headers: {}, agent: undefined }, patience);
  for (let tries = 0; tries < 60; tries++) {
    const answer = await prometheus.valueAt('vector(1)', BEFORE);
    if (answer.known) return;
  }
  throw new Error('Prometheus does not become ready');
});

afterAll(async () => {
  const ended = new Promise(resolve => server.once('exit', resolve));
  server.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

/** What a scrape every quarter of a minute would have seen. */
function openMetrics(): string {
  const samples = (metric: string, labels: string, rates: (after: boolean) => number | undefined) => {
    const lines: string[] = [];
    let total = 0;
    for (let time = ROLL - 900; time <= ROLL + 900; time += STEP) {
      const rate = rates(time > ROLL);
      if (rate === undefined) continue;
      total += rate * STEP;
      lines.push(`${metric}{${labels}} ${total} ${time}`);
    }
    return lines;
  };
  const lines: string[] = [];
  for (const { name, before, after, label = 'exported_namespace', controller = 'nginx' } of SERIES) {
    const of = (rate: (numbers: Numbers) => number) => (isAfter: boolean) => {
      const numbers = isAfter ? after : before;
      return numbers && rate(numbers);
    };
    const { metric, status } = METRICS[controller];
    const labels =
      controller === 'nginx' ? `${label}="shop",ingress="${name}"` : `service="shop-${name}-80@kubernetes"`;
    lines.push(
      ...samples(
        `${metric}s${TOTAL[controller]}`,
        `${labels},${status}="200"`,
        of(([all, bad]) => all - bad),
      ),
    );
    lines.push(
      ...samples(
        `${metric}s${TOTAL[controller]}`,
        `${labels},${status}="502"`,
        of(([, bad]) => bad),
      ),
    );
    for (const le of ['0.1', '0.5', '5', '+Inf']) {
      const rate = of(([all, , slow, beyond = 0]) => {
        if (le === '+Inf') return all;
        return le === '5' ? all - beyond : all - beyond - slow;
      });
      lines.push(...samples(`${metric}_duration_seconds_bucket`, `${labels},le="${le}"`, rate));
    }
  }
  // All samples of a metric stand together.
  return `${lines.sort(byMetric).join('\n')}\n# EOF\n`;
}

function byMetric(a: string, b: string): number {
  const [one, other] = [a, b].map(line => line.split('{', 1)[0] ?? '');
  return (one ?? '') < (other ?? '') ? -1 : one === other ? 0 : 1;
}

async function windowAt(queries: WindowQueries, moment: number): Promise<Window> {
  const value = async (query: string) => {
    const answer = await prometheus.valueAt(query, moment);
    if (!answer.known) throw new Error(answer.why);
    return answer.value;
  };
  return {
    requests: await value(queries.requests),
    errors: await value(queries.errors),
    latency: await value(queries.latency),
    slowest: await value(queries.slowest),
  };
}

async function judge(name: string) {
  const className = name === 'by-traefik' ? 'traefik' : 'nginx';
  const ingress =
    object(`{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: ${name}}, spec: {ingressClassName: ${className},
    rules: [{http: {paths: [{path: /, backend: {service: {name: ${name}, port: {number: 80}}}}]}}]}}`);
  const [queries] = ingressQueries(ingress, 'shop', 5);
  if (queries === undefined) throw new Error('no queries');
  return judgeTraffic(await windowAt(queries, BEFORE), await windowAt(queries, AFTER), NOTHING_OBSERVED.bounds);
}

describe('ingress controllers in a real Prometheus', () => {
  it.each([
    ['steady', 'landed', /^5xx 0\.1% -> 0\.1%, P95 95 ms -> 95 ms, \d{4} requests$/],
    ['plain', 'landed', /^5xx 0% -> 0%/],
    ['broken', 'failed', /^more errors: 5xx 0\.1% -> 10%/],
    ['slow', 'failed', /^slower: .*P95 95 ms -> 4\.\d+ s/],
    ['endless', 'failed', /^slower: .*P95 95 ms -> over 5 s/],
    ['quiet', 'unknown', /^\d+ requests since the roll, 100 are needed to tell$/],
    ['stopped', 'unknown', /^there are no metrics of it$/],
    ['fresh', 'landed', /^5xx 0%, P95 95 ms/],
    ['by-traefik', 'failed', /^more errors: 5xx 0% -> 20%, P95 95 ms -> 95 ms/],
    ['nobody', 'unknown', /^there are no metrics of it$/],
  ])('%s', async (name, state, reason) => {
    expect(await judge(name)).toMatchObject({ state, reason: expect.stringMatching(reason) });
  });

  it('tells no value from NaN, several series from one, and a query that is wrong', async () => {
    expect(await prometheus.valueAt('absent_metric', BEFORE)).toEqual({ known: true, value: undefined });
    expect(await prometheus.valueAt('vector(0)/0', BEFORE)).toEqual({ known: true, value: Number.NaN });
    expect(await prometheus.valueAt('vector(1)/0', BEFORE)).toEqual({ known: true, value: Number.POSITIVE_INFINITY });
    expect(await prometheus.valueAt('nginx_ingress_controller_requests', BEFORE)).toMatchObject({
      known: false,
      why: expect.stringMatching(/gives \d+ series, and one is needed/),
    });
    expect(await prometheus.valueAt('sum(', BEFORE)).toMatchObject({
      known: false,
      why: expect.stringContaining('refuses the query'),
    });
  });
});
