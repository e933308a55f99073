import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { known, unknown } from '../cluster/answer.ts';
import { applicationByApi, managedByApi } from '../cluster/argocd-api.ts';
import { type Endpoint, isSafeAddress, type Patience } from '../cluster/http-get.ts';
import { type Connection, ConnectionError, connect } from '../cluster/kubeconfig.ts';
import { type Cluster, clusterAt, clusterId, remembering } from '../cluster/kubernetes-api.ts';
import { prometheusAt } from '../cluster/prometheus.ts';
import { askDns, DNS_SERVERS } from '../cluster/resolver.ts';
import { type ServerClock, serverClock } from '../cluster/server-clock.ts';
import { watchedCluster } from '../cluster/watched-cluster.ts';
import type { Observe } from '../config/observe.ts';
import type { Repository } from '../git/repository.ts';
import { historyOf } from '../landed/history.ts';
import type { Aspect, Sources } from '../landed/look.ts';
import type { LiveSources } from '../landed/look-live.ts';
import type { Subject } from '../landed/subject.ts';
import { escapeText } from '../report/escape.ts';
import type { Io } from './io.ts';
import { Unanswered, UsageError } from './refusal.ts';

/** Whom the command line and the environment say to ask. */
export interface Asked {
  readonly cwd: string;
  readonly context: string | undefined;
  /** Where Argo CD is, if not in the same cluster. */
  readonly argoContext: string | undefined;
  readonly allowPlugin: boolean;
  readonly prometheus: string | undefined;
  readonly only: readonly Aspect[];
}

/** The ways to everything that is asked, found once. */
export interface Ways {
  readonly connection: Connection;
  /** Of the cluster where the workloads are. */
  readonly clock: ServerClock;
  /** What one look asks, each thing once. */
  readonly once: (patience: Patience) => Sources;
  /** What many looks ask: clusters tell what changes, and whoever cannot is asked again only now and then. */
  readonly watched: (patience: Patience) => Watched;
}

export interface Watched {
  readonly sources: Sources;
  /** Resolves where a cluster tells of a change. */
  readonly changed: () => Promise<void>;
  readonly close: () => void;
}

/** Throws what `connect` throws, also for a cluster that the configuration does not name, and `UsageError` for an address that a token must not go to. */
export async function waysTo(asked: Asked, subject: Subject, repository: Repository, io: Io): Promise<Ways> {
  const { commit, config } = subject;
  const clock = serverClock(() => io.now().getTime());
  const found = await connectionTo(asked.context, asked, repository, io);
  const connection = { ...found, endpoint: { ...found.endpoint, clock } };
  const { argoContext } = asked;
  const argo = argoContext === undefined ? connection : await connectionTo(argoContext, asked, repository, io);
  for (const way of new Set([connection, argo])) await refuseOther(way, config.observe, io);
  const history = historyOf(repository, config, commit);
  const committed = Date.parse((await repository.commit(commit)).date);
  const prometheus = prometheusFor(asked.prometheus, config.observe, io.env);
  const argoApi = argoApiFor(io.env);
  // To an Argo CD elsewhere its own cluster is another one.
  const clusterNames = [connection.server, connection.context, ...(argo === connection ? ['in-cluster'] : [])];
  const sourcesOf = (cluster: Cluster, argoCluster: Cluster, patience: Patience): Sources => ({
    cluster,
    clusterNames,
    application: applicationFrom(argoCluster, argoApi, patience),
    hasApplications: async namespace =>
      argoApi === undefined ? argoCluster.any('argoproj.io/Application', namespace ?? ARGOCD_NAMESPACE) : known(true),
    managed: argoApi && ((name, namespace) => managedByApi(argoApi, name, namespace, patience)),
    live: liveSources(config.observe, prometheus, patience),
    history,
    committed,
    now: clock.now,
    only: asked.only,
  });
  return {
    connection,
    clock,
    once: patience => {
      const [one, other] = of(connection, argo, ({ endpoint }) => remembering(clusterAt(endpoint, patience)));
      return sourcesOf(one, other, patience);
    },
    watched: patience => {
      const [one, other] = of(connection, argo, ({ endpoint }) => watchedCluster(endpoint, patience));
      const { application, managed, live, ...sources } = sourcesOf(one, other, patience);
      return {
        sources: {
          ...sources,
          application: argoApi === undefined ? application : nowAndThen(application, patience.now),
          managed: managed && nowAndThen(managed, patience.now),
          live: askedNowAndThen(live, patience.now),
        },
        changed: () => Promise.race([one.changed(), other.changed()]),
        close: () => {
          one.close();
          other.close();
        },
      };
    },
  };
}

/** The same for both where they are the same. */
function of<Of, Made>(one: Of, other: Of, make: (of: Of) => Made): [Made, Made] {
  const made = make(one);
  return [made, one === other ? made : make(other)];
}

/** Milliseconds until whoever cannot tell what changes is asked again. */
const NOW_AND_THEN = 15_000;

function askedNowAndThen({ observe, prometheus, dns }: LiveSources, now: () => number): LiveSources {
  return {
    observe,
    prometheus: prometheus && { valueAt: nowAndThen(prometheus.valueAt, now) },
    dns: nowAndThen(dns, now),
  };
}

function nowAndThen<Of extends readonly unknown[], Told>(
  ask: (...of: Of) => Promise<Told>,
  now: () => number,
): (...of: Of) => Promise<Told> {
  const kept = new Map<string, { readonly at: number; readonly told: Promise<Told> }>();
  return (...of) => {
    const key = JSON.stringify(of);
    const last = kept.get(key);
    if (last !== undefined && now() - last.at < NOW_AND_THEN) return last.told;
    const told = ask(...of);
    kept.set(key, { at: now(), told });
    return told;
  };
}

async function connectionTo(
  context: string | undefined,
  { allowPlugin, cwd }: Asked,
  { top }: Repository,
  io: Io,
): Promise<Connection> {
  const tell = (line: string) => io.stderr.write(`deploy-lint: ${escapeText(line)}\n`);
  return connect({ env: io.env, cwd, repository: await realpath(top), context, allowPlugin, tell });
}

/** Milliseconds in which a cluster has to say which one it is. */
const INTRODUCTION = 10_000;

/** A context by the right name may lead to the wrong cluster, which nothing is said of. */
async function refuseOther({ context, endpoint }: Connection, { clusters }: Observe, io: Io): Promise<void> {
  if (clusters.length === 0) return;
  const now = () => io.now().getTime();
  const id = await clusterId(endpoint, { deadline: now() + INTRODUCTION, now });
  if (!id.known) throw new Unanswered(`which cluster the context ${context} leads to is not known: ${id.why}`);
  if (clusters.includes(id.value)) return;
  throw new ConnectionError(
    `the context ${context} leads to the cluster ${id.value}, which observe.clusters does not name`,
    'Choose another with --context. The id is that of: kubectl get namespace kube-system -o jsonpath={.metadata.uid}',
  );
}

/** Where Argo CD keeps its Applications unless their manifests say otherwise. */
const ARGOCD_NAMESPACE = 'argocd';

function applicationFrom(cluster: Cluster, api: Endpoint | undefined, patience: Patience): Sources['application'] {
  if (api !== undefined) return (name, namespace) => applicationByApi(api, name, namespace, patience);
  return async (name, namespace) => {
    const found = await cluster.get('argoproj.io/Application', namespace ?? ARGOCD_NAMESPACE, name);
    if (namespace !== undefined || !found.known || found.value !== undefined) return found;
    // Argo CD may be installed elsewhere, which a manifest without a namespace leaves open.
    const anywhere = await cluster.list('argoproj.io/Application', '', `metadata.name=${name}`);
    if (!anywhere.known) return anywhere;
    const [first, ...others] = anywhere.value;
    return others.length === 0 ? known(first) : unknown(`${anywhere.value.length} namespaces have one of its name`);
  };
}

/** Argo CD's own API where its command line tool is set up for it by the environment. */
function argoApiFor({ ARGOCD_SERVER: server, ARGOCD_AUTH_TOKEN: token }: Io['env']): Endpoint | undefined {
  if (!server || !token) return undefined;
  const base = (server.includes('://') ? server : `https://${server}`).replace(/\/+$/, '');
  refuseUnsafe('ARGOCD_SERVER', base);
  return { base, headers: { authorization: `Bearer ${token}` }, agent: undefined };
}

/** As the user says, with the token for it, or else as the repository does, which gets none. */
function prometheusFor(given: string | undefined, { prometheus }: Observe, env: Io['env']): Endpoint | undefined {
  const own = given ?? (env.PROMETHEUS_URL || undefined);
  const base = (own ?? prometheus)?.replace(/\/+$/, '');
  if (base === undefined) return undefined;
  if (!URL.canParse(base)) throw new UsageError(`--prometheus takes an address, not ${base}`);
  const token = own === undefined ? undefined : env.PROMETHEUS_TOKEN;
  if (!token) return { base, headers: {}, agent: undefined };
  refuseUnsafe('--prometheus', base);
  return { base, headers: { authorization: `Bearer ${token}` }, agent: undefined };
}

function refuseUnsafe(what: string, address: string): void {
  if (isSafeAddress(address)) return;
  throw new UsageError(`${what} is not https: ${address}`, 'Its token would be read by anybody on the way.');
}

function liveSources(observe: Observe, endpoint: Endpoint | undefined, patience: Patience): LiveSources {
  return {
    observe,
    prometheus: endpoint && prometheusAt(endpoint, patience),
    dns: host => askDns(host, DNS_SERVERS, randomUUID(), patience.deadline - patience.now()),
  };
}
