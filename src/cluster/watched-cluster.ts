import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../kubernetes/object.ts';
import { type Answer, known } from './answer.ts';
import { type Endpoint, httpLines, type Patience } from './http-get.ts';
import { type Cluster, clusterAt, type ListRequest, listObjects, parsed, pathOf, readKind } from './kubernetes-api.ts';
import { isRecord, liveObject } from './live-object.ts';

/** A cluster whose objects are kept as they change, so that looking again costs no request. */
export interface WatchedCluster extends Cluster {
  /** Resolves at the next change of something that was asked for. */
  changed(): Promise<void>;
  /** Ends all connections. */
  close(): void;
}

type Objects = Answer<readonly KubeObject[]>;

/**
 * Lists each thing once, when it is first asked for, and then has the server tell what changes. It lists again only
 * where the server has forgotten since when (410) or the connection broke; where watching is forbidden, that is every
 * half minute. What cannot be listed any more is unknown, whatever it was before.
 * (kubernetes.io, reference/using-api/api-concepts, "Efficient detection of changes")
 */
export function watchedCluster(endpoint: Endpoint, patience: Patience): WatchedCluster {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const kept = new Map<string, () => Objects | Promise<Objects>>();
  const list: Cluster['list'] = async (kind, namespace, fieldSelector = '') => {
    const key = JSON.stringify([kind, namespace, fieldSelector]);
    const request = { endpoint, kind, namespace, fieldSelector, patience };
    const newest = kept.get(key) ?? keep(request, ending.signal, tell);
    kept.set(key, newest);
    return newest();
  };
  return {
    list,
    get: async (kind, namespace, name) => {
      const found = await list(kind, namespace, `metadata.name=${name}`);
      return found.known ? known(found.value.find(({ id }) => id.name === name)) : found;
    },
    any: clusterAt(endpoint, patience).any,
    changed: () => new Promise(resolve => waiting.add(resolve)),
    close: () => ending.abort(),
  };
}

/** Keeps one list until the signal. What is returned gives it as it is now. */
function keep(request: ListRequest, signal: AbortSignal, tell: () => void): () => Objects | Promise<Objects> {
  let now: Objects | undefined;
  const first = new Promise<Objects>(resolve => {
    const set = (objects: Objects) => {
      now = objects;
      resolve(objects);
      tell();
    };
    listAndWatch(request, signal, set).catch(error => {
      // The pauses end with the signal.
      if (!signal.aborted) throw error;
    });
  });
  return () => now ?? first;
}

/** Milliseconds that one list may take. */
const LIST = 30_000;

/** Milliseconds before the next list after a failure, doubled each time, and at most. */
const PAUSE = { first: 500, most: 30_000 };

async function listAndWatch(request: ListRequest, signal: AbortSignal, set: (objects: Objects) => void): Promise<void> {
  const { deadline, now } = request.patience;
  for (let failures = 0; !signal.aborted; failures++) {
    const listed = await listObjects({ ...request, patience: { deadline: Math.min(deadline, now() + LIST), now } });
    if (listed.known) {
      const objects = new Map(listed.value.objects.map(object => [keyOf(object), object]));
      const changed = () => set(known([...objects.values()]));
      changed();
      if (await watch({ request, objects, version: listed.value.version, changed, signal })) failures = 0;
    } else {
      set(listed);
    }
    // Not all of them at the same moment, after the server was away.
    const pause = Math.min(PAUSE.most, PAUSE.first * 2 ** failures) * (0.5 + Math.random());
    await sleep(pause, undefined, { signal });
  }
}

interface Watch {
  readonly request: ListRequest;
  /** Changed in place. */
  readonly objects: Map<string, KubeObject>;
  /** From which on changes are told. */
  version: string;
  readonly changed: () => void;
  readonly signal: AbortSignal;
}

/** Milliseconds until the server ends a watch by itself; up to twice as much, so that not all end at once. */
const OPEN = 300_000;

/** Milliseconds that a watch stays open at least where watching works; a proxy may end it at once. */
const SHORTEST = 1000;

/** Watches, one connection after the other, for as long as the server goes on from the version. Whether it ever did. */
async function watch(watching: Watch): Promise<boolean> {
  const { request, signal } = watching;
  const { now } = request.patience;
  for (let worked = false; ; worked = true) {
    const time = Math.round(OPEN * (1 + Math.random()));
    const query = new URLSearchParams({
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: watching.version,
      timeoutSeconds: String(Math.round(time / 1000)),
      ...(request.fieldSelector && { fieldSelector: request.fieldSelector }),
    });
    const path = `${pathOf(request.kind, request.namespace)}?${query}`;
    const started = now();
    const opened = await httpLines(request.endpoint, path, { silence: time + LIST, signal });
    if (!opened.known || opened.value.status !== 200) return worked;
    try {
      for await (const line of opened.value.lines) if (!apply(line, watching)) return true;
    } catch {
      // A broken connection is no answer, and the list that follows says whether there is still one.
      return true;
    }
    if (now() - started < SHORTEST) return worked;
  }
}

/** One event of a watch. Whether it could be applied, so that the objects are still what the server has. */
function apply(line: string, watching: Watch): boolean {
  const event = parsed(line);
  if (!isRecord(event) || !isRecord(event.object)) return false;
  const { type, object: json } = event;
  // Such as the Status of what was forgotten (410).
  if (type === 'ERROR') return false;
  const version = isRecord(json.metadata) ? json.metadata.resourceVersion : undefined;
  if (typeof version !== 'string') return false;
  watching.version = version;
  if (type === 'BOOKMARK') return true;
  const object = liveObject(json);
  if (object === undefined || readKind(object.id.group, object.id.kind) !== watching.request.kind) return false;
  if (type === 'DELETED') watching.objects.delete(keyOf(object));
  else watching.objects.set(keyOf(object), object);
  watching.changed();
  return true;
}

function keyOf({ id }: KubeObject): string {
  return JSON.stringify([id.namespace, id.name]);
}
