import { describe, expect, it } from 'vitest';
import type { DnsAnswer, DnsView } from '../../src/cluster/resolver.ts';
import { NOTHING_OBSERVED } from '../../src/config/observe.ts';
import { judgeCertificate } from '../../src/landed/certificates.ts';
import { judgeName } from '../../src/landed/names.ts';
import { ingressQueries, judgeQuery, judgeTraffic } from '../../src/landed/traffic.ts';
import { object } from '../support/objects.ts';

const { bounds } = NOTHING_OBSERVED;
const window = (requests?: number, errors?: number, latency?: number, slowest = 60) => ({
  requests,
  errors,
  latency,
  slowest,
});

describe('traffic', () => {
  it.each([
    [
      'as before',
      window(1000, 1, 0.12),
      window(1000, 2, 0.13),
      'landed',
      '5xx 0.1% -> 0.2%, P95 120 ms -> 130 ms, 1000 requests',
    ],
    ['no error was ever counted', window(1000, undefined, 0.1), window(1000, undefined, 0.1), 'landed', '5xx 0% -> 0%'],
    ['more errors', window(1000, 2, 0.1), window(1000, 74, 0.1), 'failed', 'more errors: 5xx 0.2% -> 7.4%'],
    ['as many errors as before', window(1000, 70, 0.1), window(1000, 74, 0.1), 'landed', '5xx 7% -> 7.4%'],
    ['slower', window(1000, 0, 0.4), window(1000, 0, 2.25), 'failed', 'slower: 5xx 0% -> 0%, P95 400 ms -> 2.25 s'],
    ['many times slower and still fast', window(1000, 0, 0.02), window(1000, 0, 0.2), 'landed', 'P95 20 ms -> 200 ms'],
    ['new, so there is no before', window(), window(500, 50, 0.1), 'failed', '5xx 10%'],
    ['too little before to compare with', window(10, 5, 0.1), window(500, 50, 0.1), 'failed', '5xx 10%'],
    [
      'too little traffic',
      window(1000, 0, 0.1),
      window(99.6, 90, 9),
      'unknown',
      '100 requests since the roll, 100 are needed',
    ],
    ['no series', window(1000, 0, 0.1), window(), 'unknown', 'there are no metrics of it'],
    ['NaN requests', window(1000, 0, 0.1), window(Number.NaN, 0, 0.1), 'unknown', 'no metrics'],
    ['NaN errors', window(1000, 0, 0.1), window(1000, Number.NaN, 0.1), 'unknown', 'how many errors'],
    ['NaN latency', window(1000, 0, 0.1), window(1000, 0, Number.NaN), 'unknown', 'how fast it answers is not known'],
    [
      'beyond the last bucket',
      window(1000, 0, 4),
      window(1000, 0, 10, 10),
      'failed',
      'slower: 5xx 0% -> 0%, P95 4 s -> over 10 s',
    ],
    [
      'beyond the last bucket, and maybe not much more than before',
      window(1000, 0, 8),
      window(1000, 0, 10, 10),
      'unknown',
      'beyond its last bucket: 5xx 0% -> 0%, P95 8 s -> over 10 s',
    ],
    [
      'beyond the last bucket before as well',
      window(1000, 0, 10, 10),
      window(1000, 0, 10, 10),
      'unknown',
      'over 10 s -> over 10 s',
    ],
    [
      'beyond a last bucket that is within the bound',
      window(1000, 0, 0.1),
      window(1000, 0, 0.5, 0.5),
      'unknown',
      'over 500 ms',
    ],
    ['beyond the last bucket no more', window(1000, 0, 10, 10), window(1000, 0, 4), 'landed', 'P95 over 10 s -> 4 s'],
    ['endless latency', window(1000, 0, 0.1), window(1000, 0, Number.POSITIVE_INFINITY), 'unknown', 'how fast'],
  ])('%s', (_, before, after, state, reason) => {
    expect(judgeTraffic(before, after, bounds)).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });

  it.each([
    [1, 2, 'landed', '1 -> 2'],
    [1, 12, 'failed', '1 -> 12, at most 10'],
    [11, 12, 'landed', '11 -> 12'],
    [undefined, 12, 'failed', '12, at most 10'],
    [1, undefined, 'unknown', 'it gives no value'],
    [1, Number.NaN, 'unknown', 'it gives NaN'],
  ])('a query of the team: %s, then %s', (before, after, state, reason) => {
    expect(judgeQuery(before, after, { max: 10, ratio: 1.5 })).toMatchObject({ state, reason });
  });

  it('asks ingress-nginx by the Ingress and Traefik by its services', () => {
    const ingress =
      object(`{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {ingressClassName: traefik,
      rules: [{http: {paths: [{path: /, backend: {service: {name: web.v1, port: {number: 80}}}}]}}]}}`);
    const [traefik, nginx] = ingressQueries(ingress, 'shop', 5);
    expect(traefik?.errors).toBe(
      'sum(increase(traefik_service_requests_total{service=~"(shop-web[.]v1)-.*",code=~"5.."}[5m]))',
    );
    expect(nginx?.requests).toBe(
      'sum(increase(nginx_ingress_controller_requests{exported_namespace="shop",ingress="web"}[5m]))' +
        ' or sum(increase(nginx_ingress_controller_requests{namespace="shop",ingress="web"}[5m]))',
    );
  });
});

describe('a new hostname', () => {
  const HAS: DnsAnswer = { kind: 'addresses', addresses: ['192.0.2.1'] };
  const NONE: DnsAnswer = { kind: 'nxdomain' };
  const EMPTY: DnsAnswer = { kind: 'nodata' };
  const FAILS: DnsAnswer = { kind: 'failed', why: 'fail (SERVFAIL)' };
  const SILENT: DnsAnswer = { kind: 'failed', why: 'do not answer' };
  const view = (more: Partial<DnsView>): DnsView => ({
    authority: HAS,
    open: HAS,
    here: HAS,
    neighbour: NONE,
    ...more,
  });
  it.each([
    ['is everywhere', {}, 'landed', 'resolves to 192.0.2.1'],
    ['is there by a wildcard', { neighbour: HAS }, 'landed', 'by a wildcard'],
    ['is in its zone, and resolvers remember otherwise', { open: NONE }, 'rolling', 'remember that there was nothing'],
    ['is nowhere', { authority: NONE, open: NONE, here: NONE }, 'stuck', 'NXDOMAIN'],
    ['has no address', { authority: EMPTY, open: EMPTY, here: EMPTY }, 'stuck', 'NODATA'],
    ['has servers that fail', { authority: FAILS, open: FAILS, here: FAILS }, 'unknown', 'its zone fail (SERVFAIL)'],
    ['has servers that are silent', { authority: SILENT, open: NONE, here: NONE }, 'unknown', 'its zone do not answer'],
    ['is only known within the company', { authority: NONE, open: NONE }, 'unknown', 'resolves here to 192.0.2.1'],
    ['is of no zone that is known', { authority: undefined, open: NONE, here: NONE }, 'unknown', 'cannot be found'],
    ['cannot be asked for', { open: SILENT }, 'unknown', 'public resolvers do not answer'],
    [
      'cannot be asked for at all',
      { authority: undefined, open: FAILS },
      'unknown',
      'public resolvers fail (SERVFAIL)',
    ],
  ])('%s', (_, more, state, reason) => {
    expect(judgeName(view(more))).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });
});

describe('a certificate', () => {
  const NOW = Date.parse('2026-03-16T09:00:00Z');
  const certificate = (status: string) =>
    object(
      `{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: web, generation: 2}, status: ${status}}`,
    );
  const ready = (value: string, generation = 2) =>
    `conditions: [{type: Ready, status: "${value}", observedGeneration: ${generation}, message: waiting for the order}]`;
  it.each([
    ['ready', `{${ready('True')}, notAfter: "2026-06-14T09:00:00Z"}`, 'landed', 'until 2026-06-14'],
    ['ready for an older version', `{${ready('True', 1)}}`, 'rolling', 'waiting'],
    ['on its way', `{${ready('False')}}`, 'rolling', 'waiting for the order'],
    ['refused', `{${ready('False')}, failedIssuanceAttempts: 3}`, 'stuck', 'not issued after 3 attempts'],
    ['run out', `{${ready('True')}, notAfter: "2026-03-01T09:00:00Z"}`, 'stuck', 'ran out'],
    ['not looked at', '{}', 'rolling', 'has not looked'],
  ])('%s', (_, status, state, reason) => {
    expect(judgeCertificate(certificate(status), NOW)).toMatchObject({
      state,
      reason: expect.stringContaining(reason),
    });
  });

  it('is not there yet', () => expect(judgeCertificate(undefined, NOW).state).toBe('rolling'));
});
