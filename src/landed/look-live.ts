import { type Answer, known } from '../cluster/answer.ts';
import { readKind } from '../cluster/kubernetes-api.ts';
import type { Prometheus } from '../cluster/prometheus.ts';
import type { DnsView } from '../cluster/resolver.ts';
import { minutesOf } from '../config/gate.ts';
import type { Observe } from '../config/observe.ts';
import { isIngress, tlsEntries } from '../kubernetes/ingress.ts';
import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { filledQuery } from '../report/explanation/links.ts';
import type { Touched } from '../report/explanation/touched.ts';
import { text } from '../yaml/node.ts';
import { judgeCertificate } from './certificates.ts';
import type { SeenByArgo, Sources } from './look.ts';
import { namespaceOf } from './look-objects.ts';
import { judgeName } from './names.ts';
import { condition, startOf } from './pods.ts';
import { type Signal, unknownSignal } from './signal.ts';
import { ingressQueries, judgeQuery, judgeTraffic, type Window, type WindowQueries } from './traffic.ts';
import { newestPods } from './workload.ts';

/** Whom to ask how an application serves. */
export interface LiveSources {
  readonly observe: Observe;
  /** Undefined where none is configured. */
  readonly prometheus: Prometheus | undefined;
  readonly dns: (host: string) => Promise<DnsView>;
}

/** Milliseconds until a scrape has seen what happened. */
const SCRAPE = 60_000;

const MINUTE = 60_000;

/** How the unit serves since: its traffic, its new names, their certificates. Nothing where it has none of them. */
export async function lookAtLive(
  change: Touched,
  seen: SeenByArgo,
  pods: readonly Signal[] | undefined,
  sources: Sources,
): Promise<readonly Signal[]> {
  const isThere = pods === undefined || pods.every(({ state }) => state === 'landed');
  const [traffic, names, certificates] = await Promise.all([
    isThere ? trafficSignals(change, seen, sources) : notYet(change, sources),
    nameSignals(change, sources),
    certificateSignals(change, sources),
  ]);
  return [...traffic, ...names, ...certificates];
}

function notYet(change: Touched, { live }: Sources): Signal[] {
  const asks = live.prometheus !== undefined && (ingressesOf(change).length > 0 || judgedQueries(live).length > 0);
  return asks ? [unknownSignal('waits for the roll to end', true)] : [];
}

interface Roll {
  readonly start: number;
  readonly end: number;
}

async function trafficSignals(change: Touched, seen: SeenByArgo, sources: Sources): Promise<Signal[]> {
  const { live, now } = sources;
  const { prometheus, observe } = live;
  const ingresses = ingressesOf(change);
  const queries = judgedQueries(live);
  if (prometheus === undefined || ingresses.length + queries.length === 0) return [];
  const roll = await rollOf(change, seen, sources);
  if (roll === undefined)
    return [unknownSignal('when the roll ended is not known, so there is nothing to compare', true)];
  const minutes = minutesOf(observe.bounds.window);
  const moment = roll.end + SCRAPE + minutes * MINUTE;
  if (now() < moment) {
    const over = new Date(moment).toISOString().slice(11, 19);
    return [unknownSignal(`the ${minutes} min after the roll are over at ${over} UTC`, true)];
  }
  const ask: Ask = { prometheus, before: roll.start, after: moment, minutes, observe };
  return Promise.all([
    ...ingresses.map(ingress => ingressSignal(ingress, change, ask)),
    ...queries.map(({ title, query, max }) => querySignal(title, filledQuery(query, change.unit), max, ask)),
  ]);
}

/** Queries that the team has given a bound. */
function judgedQueries({ observe }: LiveSources) {
  return observe.queries.flatMap(({ title, query, max }) => (max === undefined ? [] : [{ title, query, max }]));
}

function ingressesOf({ after }: Touched): KubeObject[] {
  return (after?.objects ?? []).filter(isIngress);
}

/** When the new pods began and when the last of them was ready; for other changes when Argo CD brought them. */
async function rollOf(change: Touched, seen: SeenByArgo, sources: Sources): Promise<Roll | undefined> {
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { workload, cause } of change.rolls) {
    const kind = readKind(workload.id.group, workload.id.kind);
    const namespace = namespaceOf(workload.id, change);
    if (cause === 'removed' || cause === 'next-run' || kind === undefined || namespace === '') continue;
    const [live, sets, pods] = await Promise.all([
      sources.cluster.get(kind, namespace, workload.id.name),
      sources.cluster.list('apps/ReplicaSet', namespace),
      sources.cluster.list('Pod', namespace),
    ]);
    if (!live.known || live.value === undefined || !sets.known || !pods.known) return undefined;
    const fresh = newestPods(live.value, { expected: workload, replicaSets: sets.value, pods: pods.value });
    for (const pod of fresh ?? []) {
      starts.push(startOf(pod));
      ends.push(Date.parse(text(condition(pod, 'Ready'), 'lastTransitionTime') ?? '') || startOf(pod));
    }
  }
  if (starts.length > 0) return { start: seen.since ?? Math.min(...starts), end: Math.max(...ends) };
  return seen.since === undefined ? undefined : { start: seen.since, end: seen.since };
}

interface Ask {
  readonly prometheus: Prometheus;
  /** The moments at which each window ends. */
  readonly before: number;
  readonly after: number;
  readonly minutes: number;
  readonly observe: Observe;
}

async function ingressSignal(ingress: KubeObject, change: Touched, ask: Ask): Promise<Signal> {
  const subject = idLabel(ingress.id);
  const namespace = namespaceOf(ingress.id, change);
  for (const queries of ingressQueries(ingress, namespace, ask.minutes)) {
    const after = await windowAt(queries, ask.after, ask.prometheus);
    if (!after.known) return { ...unknownSignal(after.why, after.passes), subject };
    // The other controller may be the one that serves it.
    if (after.value.requests === undefined) continue;
    const before = await windowAt(queries, ask.before, ask.prometheus);
    if (!before.known) return { ...unknownSignal(before.why, before.passes), subject };
    return { ...judgeTraffic(before.value, after.value, ask.observe.bounds), subject };
  }
  return { ...unknownSignal('Prometheus has no metrics of it, by ingress-nginx or Traefik'), subject };
}

async function windowAt(queries: WindowQueries, moment: number, prometheus: Prometheus): Promise<Answer<Window>> {
  const requests = await prometheus.valueAt(queries.requests, moment);
  if (!requests.known) return requests;
  const errors = await prometheus.valueAt(queries.errors, moment);
  if (!errors.known) return errors;
  const latency = await prometheus.valueAt(queries.latency, moment);
  if (!latency.known) return latency;
  const slowest = await prometheus.valueAt(queries.slowest, moment);
  if (!slowest.known) return slowest;
  return known({ requests: requests.value, errors: errors.value, latency: latency.value, slowest: slowest.value });
}

async function querySignal(title: string, query: string, max: number, ask: Ask): Promise<Signal> {
  const after = await ask.prometheus.valueAt(query, ask.after);
  const before = await ask.prometheus.valueAt(query, ask.before);
  if (!after.known) return { ...unknownSignal(after.why, after.passes), subject: title };
  const { ratio } = ask.observe.bounds;
  return { ...judgeQuery(before.known ? before.value : undefined, after.value, { max, ratio }), subject: title };
}

/** The hostnames that the commit brings; a wildcard is no name that could be asked for. */
function newNames({ facts }: Touched): string[] {
  const added = facts.filter(({ kind, move }) => kind === 'hostname' && move === 'added');
  return [...new Set(added.map(({ subject }) => subject))].filter(host => !host.startsWith('*'));
}

function nameSignals(change: Touched, { live }: Sources): Promise<Signal[]> {
  return Promise.all(newNames(change).map(async host => ({ ...judgeName(await live.dns(host)), subject: host })));
}

/** The Certificates that the commit asks for, and those that cert-manager makes for an Ingress with a new name. */
function certificateSignals(change: Touched, { cluster, now }: Sources): Promise<Signal[]> {
  const fresh = new Set(newNames(change));
  const own = change.changes.flatMap(one =>
    one.kind !== 'removed' && one.after.id.group === 'cert-manager.io' && one.after.id.kind === 'Certificate'
      ? [{ name: one.after.id.name, namespace: one.after.id.namespace }]
      : [],
  );
  const made = ingressesOf(change).flatMap(ingress =>
    isIssued(ingress)
      ? tlsEntries(ingress)
          .filter(({ hosts }) => hosts.some(host => fresh.has(host)))
          .flatMap(({ secret }) => (secret === undefined ? [] : [{ name: secret, namespace: ingress.id.namespace }]))
      : [],
  );
  const names = new Map([...own, ...made].map(one => [JSON.stringify(one), one]));
  return Promise.all(
    [...names.values()].map(async ({ name, namespace }) => {
      const subject = `Certificate ${name}`;
      const place = namespaceOf({ namespace }, change);
      const answer = await cluster.get('cert-manager.io/Certificate', place, name);
      return answer.known
        ? { ...judgeCertificate(answer.value, now()), subject }
        : { ...unknownSignal(answer.why, answer.passes), subject };
    }),
  );
}

/** An annotation asks cert-manager for the certificates of an Ingress. (cert-manager.io, usage/ingress) */
function isIssued({ root }: KubeObject): boolean {
  const keys = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme'];
  return keys.some(key => text(root, 'metadata', 'annotations', key) !== undefined);
}
