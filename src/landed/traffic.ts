import type { Bounds } from '../config/observe.ts';
import { routesOf } from '../kubernetes/ingress.ts';
import { annotation, type KubeObject } from '../kubernetes/object.ts';
import { text } from '../yaml/node.ts';
import { failed, landed, type Signal, unknownSignal } from './signal.ts';

/** What one window shows; undefined where there is no such series or no value. */
export interface Window {
  readonly requests: number | undefined;
  /** Answers with a status from 500 on. */
  readonly errors: number | undefined;
  /** P95, in seconds; where the slowest are beyond the last bucket, the bound of that one. */
  readonly latency: number | undefined;
  /** P100 by the same buckets. Where it is the P95, that lies beyond the last bucket and is only known to be higher. */
  readonly slowest: number | undefined;
}

/** Queries that give the numbers of a window that ends where they are asked. */
export type WindowQueries = { readonly [Field in keyof Window]: string };

/**
 * The queries for an Ingress by the metrics of its controller, the likely one first. Both controllers may serve one
 * cluster, and only the class tells which. (ingress-nginx docs/user-guide/monitoring.md; Traefik, observability/metrics)
 */
export function ingressQueries(ingress: KubeObject, namespace: string, minutes: number): WindowQueries[] {
  const className =
    text(ingress.root, 'spec', 'ingressClassName') ?? annotation(ingress, 'kubernetes.io/ingress.class') ?? '';
  const range = `[${minutes}m]`;
  const both = [nginx(ingress.id.name, namespace, range), traefik(ingress, namespace, range)];
  return className.includes('traefik') ? both.reverse() : both;
}

/** Where the scrape's own label `namespace` stands in the way, Prometheus keeps that of the metric as `exported_`. */
function nginx(name: string, namespace: string, range: string): WindowQueries {
  const metric = 'nginx_ingress_controller_request';
  const either = (query: (labels: string) => string) =>
    `${query(`exported_namespace="${namespace}",ingress="${name}"`)} or ${query(`namespace="${namespace}",ingress="${name}"`)}`;
  return {
    requests: either(labels => `sum(increase(${metric}s{${labels}}${range}))`),
    errors: either(labels => `sum(increase(${metric}s{${labels},status=~"5.."}${range}))`),
    latency: either(labels => quantile(0.95, `${metric}_duration_seconds_bucket{${labels}}${range}`)),
    slowest: either(labels => quantile(1, `${metric}_duration_seconds_bucket{${labels}}${range}`)),
  };
}

/** Traefik knows services, by namespace, name and port. */
function traefik(ingress: KubeObject, namespace: string, range: string): WindowQueries {
  const services = [...new Set(routesOf(ingress).flatMap(({ service }) => service ?? []))];
  const names = services.map(service => `${namespace}-${service}`.replaceAll('.', '[.]')).join('|');
  const labels = `service=~"(${names})-.*"`;
  return {
    requests: `sum(increase(traefik_service_requests_total{${labels}}${range}))`,
    errors: `sum(increase(traefik_service_requests_total{${labels},code=~"5.."}${range}))`,
    latency: quantile(0.95, `traefik_service_request_duration_seconds_bucket{${labels}}${range}`),
    slowest: quantile(1, `traefik_service_request_duration_seconds_bucket{${labels}}${range}`),
  };
}

function quantile(share: number, buckets: string): string {
  return `histogram_quantile(${share},sum by (le)(rate(${buckets})))`;
}

/** How the application serves after the roll, against a window of the same length before it. */
export function judgeTraffic(before: Window, after: Window, bounds: Bounds): Signal {
  const requests = finite(after.requests);
  if (requests === undefined) return unknownSignal('there are no metrics of it');
  if (requests < bounds.requests) {
    return unknownSignal(`${count(requests)} requests since the roll, ${bounds.requests} are needed to tell`, true);
  }
  if (Number.isNaN(after.errors)) return unknownSignal('how many errors it has is not known', true);
  const had = finite(before.requests) ?? 0;
  const isComparable = had >= bounds.requests && !Number.isNaN(before.errors);
  const share = (finite(after.errors) ?? 0) / requests;
  const oldShare = isComparable ? (finite(before.errors) ?? 0) / had : undefined;
  const [latency, oldLatency] = [latencyOf(after), isComparable ? latencyOf(before) : undefined];
  const told = [
    `5xx ${versus(oldShare, share, percent)}`,
    `P95 ${latency === undefined ? 'not known' : versus(oldLatency, latency, time)}`,
    `${count(requests)} requests`,
  ].join(', ');
  if (isWorse(oldShare, share, bounds.errors, bounds.ratio)) return failed(`more errors: ${told}`);
  if (latency === undefined) return unknownSignal(`how fast it answers is not known: ${told}`, true);
  if (isWorse(oldLatency?.seconds, latency.seconds, bounds.latency, bounds.ratio)) return failed(`slower: ${told}`);
  return latency.isLeast ? unknownSignal(`how slow it has become is beyond its last bucket: ${told}`) : landed(told);
}

interface Latency {
  readonly seconds: number;
  /** It is that or more. */
  readonly isLeast: boolean;
}

/** `histogram_quantile` gives the last finite bound for what is beyond it. (prometheus.io, querying/functions) */
function latencyOf({ latency, slowest }: Window): Latency | undefined {
  const seconds = finite(latency);
  return seconds === undefined ? undefined : { seconds, isLeast: seconds === finite(slowest) };
}

/** How a configured query does, against its own bound. */
export function judgeQuery(
  before: number | undefined,
  after: number | undefined,
  { max, ratio }: { readonly max: number; readonly ratio: number },
): Signal {
  const [old, now] = [finite(before), finite(after)];
  if (now === undefined) return unknownSignal(after === undefined ? 'it gives no value' : `it gives ${after}`, true);
  const told = versus(old, now, value => String(Number(value.toPrecision(4))));
  return isWorse(old, now, max, ratio) ? failed(`${told}, at most ${max}`) : landed(told);
}

/** Above the bound, and not only because it was before. */
function isWorse(before: number | undefined, after: number, bound: number, ratio: number): boolean {
  return after > bound && (before === undefined || after > before * ratio);
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function versus<Value>(before: Value | undefined, after: Value, told: (value: Value) => string): string {
  return before === undefined ? told(after) : `${told(before)} -> ${told(after)}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(share < 0.01 ? 2 : 1))}%`;
}

function time({ seconds, isLeast }: Latency): string {
  const told = seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${Number(seconds.toFixed(2))} s`;
  return isLeast ? `over ${told}` : told;
}

function count(number: number): string {
  return String(Math.round(number));
}
