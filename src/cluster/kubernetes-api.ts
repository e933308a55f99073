import type { KubeObject } from '../kubernetes/object.ts';
import { text } from '../yaml/node.ts';
import { type Answer, known, unknown } from './answer.ts';
import { type Endpoint, type HttpAnswer, httpGet, type Patience } from './http-get.ts';
import { isRecord, liveObject } from './live-object.ts';

/** The kinds that are read, with the path that serves them. Secrets are not among them, and never will be. */
const READ_KINDS = {
  Pod: '/api/v1 pods',
  ConfigMap: '/api/v1 configmaps',
  Service: '/api/v1 services',
  Event: '/api/v1 events',
  'apps/Deployment': '/apis/apps/v1 deployments',
  'apps/ReplicaSet': '/apis/apps/v1 replicasets',
  'apps/StatefulSet': '/apis/apps/v1 statefulsets',
  'apps/DaemonSet': '/apis/apps/v1 daemonsets',
  'batch/Job': '/apis/batch/v1 jobs',
  'batch/CronJob': '/apis/batch/v1 cronjobs',
  'autoscaling/HorizontalPodAutoscaler': '/apis/autoscaling/v2 horizontalpodautoscalers',
  'networking.k8s.io/Ingress': '/apis/networking.k8s.io/v1 ingresses',
  'argoproj.io/Application': '/apis/argoproj.io/v1alpha1 applications',
  'argoproj.io/Rollout': '/apis/argoproj.io/v1alpha1 rollouts',
  'keda.sh/ScaledObject': '/apis/keda.sh/v1alpha1 scaledobjects',
  'keda.sh/ScaledJob': '/apis/keda.sh/v1alpha1 scaledjobs',
  'cert-manager.io/Certificate': '/apis/cert-manager.io/v1 certificates',
} as const;

export type ReadKind = keyof typeof READ_KINDS;

/** The kind as it is read here; undefined for kinds that are not. */
export function readKind(group: string, kind: string): ReadKind | undefined {
  const name = group === '' ? kind : `${group}/${kind}`;
  return (Object.keys(READ_KINDS) as ReadKind[]).find(candidate => candidate === name);
}

/** Items a page, and pages before a list counts as too long to be told about. */
const PAGE = 500;
const MOST_PAGES = 40;

/** A cluster, read through its API server with nothing but GET. */
export interface Cluster {
  /** The object, or undefined where there is none of the name. */
  get(kind: ReadKind, namespace: string, name: string): Promise<Answer<KubeObject | undefined>>;
  /** All of a kind in a namespace; with '' in every one. */
  list(kind: ReadKind, namespace: string, fieldSelector?: string): Promise<Answer<readonly KubeObject[]>>;
  /** Whether there is any of the kind in the namespace. */
  any(kind: ReadKind, namespace: string): Promise<Answer<boolean>>;
}

/** What tells a cluster from every other, whatever it is called: the uid of its namespace `kube-system`. */
export async function clusterId(endpoint: Endpoint, patience: Patience): Promise<Answer<string>> {
  const answer = await httpGet(endpoint, '/api/v1/namespaces/kube-system', patience);
  const json = answer.known ? jsonOf(answer.value, 'Namespace') : answer;
  if (!json.known) return json;
  const uid = text(liveObject(json.value)?.root, 'metadata', 'uid');
  return uid === undefined ? unknown('the answer for the namespace kube-system is another object') : known(uid);
}

export function clusterAt(endpoint: Endpoint, patience: Patience): Cluster {
  return {
    get: async (kind, namespace, name) => {
      const path = `${pathOf(kind, namespace)}/${encodeURIComponent(name)}`;
      const answer = await httpGet(endpoint, path, patience);
      if (!answer.known) return answer;
      if (answer.value.status === 404 && saysNotFound(answer.value.body, name)) return known(undefined);
      const json = jsonOf(answer.value, kind);
      if (!json.known) return json;
      const object = liveObject(json.value);
      const isIt = object?.id.name === name && readKind(object.id.group, object.id.kind) === kind;
      return isIt ? known(object) : unknown(`the answer for ${kind} ${name} is another object`);
    },
    list: async (kind, namespace, fieldSelector = '') => {
      const listed = await listObjects({ endpoint, kind, namespace, fieldSelector, patience });
      return listed.known ? known(listed.value.objects) : listed;
    },
    any: async (kind, namespace) => {
      const answer = await httpGet(endpoint, `${pathOf(kind, namespace)}?limit=1`, patience);
      const json = answer.known ? jsonOf(answer.value, kind) : answer;
      if (!json.known) return json;
      const { items } = isRecord(json.value) ? json.value : {};
      return Array.isArray(items) ? known(items.length > 0) : unknown(`the answer for ${kind} is no list`);
    },
  };
}

const EXPIRED = 'the list changed faster than it could be read (410)';

export interface ListRequest {
  readonly endpoint: Endpoint;
  readonly kind: ReadKind;
  readonly namespace: string;
  readonly fieldSelector: string;
  readonly patience: Patience;
}

export interface Listed {
  readonly objects: readonly KubeObject[];
  /** What a watch goes on from. */
  readonly version: string;
}

/** A whole list. One that expired while it was read is read once more, from its start. */
export async function listObjects(request: ListRequest): Promise<Answer<Listed>> {
  const first = await listPages(request);
  return !first.known && first.why === EXPIRED ? listPages(request) : first;
}

async function listPages(request: ListRequest): Promise<Answer<Listed>> {
  const { endpoint, kind, fieldSelector, patience } = request;
  const found: KubeObject[] = [];
  const query = new URLSearchParams({ limit: String(PAGE), ...(fieldSelector && { fieldSelector }) });
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await httpGet(endpoint, `${pathOf(kind, request.namespace)}?${query}`, patience);
    const json = answer.known ? jsonOf(answer.value, kind) : answer;
    if (!json.known) return json;
    const list = json.value;
    if (!isRecord(list) || !Array.isArray(list.items)) return unknown(`the answer for ${kind} is no list`);
    const [apiVersion, itemKind] = [String(list.apiVersion), String(list.kind).replace(/List$/, '')];
    for (const item of list.items) {
      const object = liveObject(item, apiVersion, itemKind);
      if (object === undefined) return unknown(`the list of ${kind} holds something else`);
      found.push(object);
    }
    const { continue: next, resourceVersion } = isRecord(list.metadata) ? list.metadata : {};
    if (typeof next !== 'string' || next === '') {
      return known({ objects: found, version: typeof resourceVersion === 'string' ? resourceVersion : '' });
    }
    query.set('continue', next);
  }
  return unknown(`there are more than ${PAGE * MOST_PAGES} objects of ${kind}`);
}

/** Where a kind is served in a namespace; with '' in every one. */
export function pathOf(kind: ReadKind, namespace: string): string {
  const [api, plural] = READ_KINDS[kind].split(' ');
  const within = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${api}${within}/${plural}`;
}

/** `404` for an object that is not there, which an API that is not served answers as well. */
function saysNotFound(body: string, name: string): boolean {
  const status = parsed(body);
  return isRecord(status) && status.reason === 'NotFound' && isRecord(status.details) && status.details.name === name;
}

const STATUSES: ReadonlyMap<number, string> = new Map([
  [401, 'the server does not accept the credentials (401)'],
  [404, 'the cluster does not serve it (404)'],
  [410, EXPIRED],
  [429, 'the server asks for fewer requests (429)'],
]);

function jsonOf({ status, body }: HttpAnswer, kind: ReadKind | 'Namespace'): Answer<unknown> {
  if (status === 200) {
    const json = parsed(body);
    return json === undefined ? unknown(`the answer for ${kind} is not JSON`) : known(json);
  }
  if (status === 403) return unknown(`no permission to read ${kind} (403)`);
  return unknown(STATUSES.get(status) ?? `the server answers ${status} for ${kind}`, status >= 429);
}

/** JSON, or undefined for any other text. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Everything is asked for once in one look, whoever asks. */
export function remembering(cluster: Cluster): Cluster {
  const objects = new Map<string, ReturnType<Cluster['get']>>();
  const lists = new Map<string, ReturnType<Cluster['list']>>();
  const anys = new Map<string, ReturnType<Cluster['any']>>();
  return {
    get: (kind, namespace, name) => once(objects, [kind, namespace, name], () => cluster.get(kind, namespace, name)),
    list: (kind, namespace, fieldSelector = '') =>
      once(lists, [kind, namespace, fieldSelector], () => cluster.list(kind, namespace, fieldSelector)),
    any: (kind, namespace) => once(anys, [kind, namespace], () => cluster.any(kind, namespace)),
  };
}

function once<T>(known: Map<string, T>, of: readonly string[], ask: () => T): T {
  const key = JSON.stringify(of);
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}
