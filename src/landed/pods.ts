import type { KubeObject } from '../kubernetes/object.ts';
import { span } from '../report/line.ts';
import { at, items, type Node, number, scalar, text } from '../yaml/node.ts';
import { brief } from './application.ts';
import { digestOf } from './images.ts';
import { rolling, type Signal, stuck } from './signal.ts';

/** Milliseconds that a pod without a node, or without its volumes, is given: a node may be on its way. */
const PATIENCE = 2 * 60_000;

/** What a kubelet waits with and does not get over by itself, by its own word (kubernetes pkg/kubelet/images/types.go). */
const PULL_FAILURES = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);
const START_FAILURES = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
]);

export interface PodsQuestion {
  /** Those of the newest template that are not on their way out. */
  readonly pods: readonly KubeObject[];
  /** Warnings of the namespace. */
  readonly events: readonly KubeObject[];
  readonly now: number;
}

/** What keeps the new pods from running: of all of them the worst. Undefined where nothing does. */
export function troubleOf({ pods, events, now }: PodsQuestion): Signal | undefined {
  const troubles = pods.flatMap(pod => podTrouble(pod, events, now) ?? []);
  return troubles.find(({ state }) => state === 'stuck') ?? troubles[0];
}

function podTrouble(pod: KubeObject, events: readonly KubeObject[], now: number): Signal | undefined {
  const where = `-n ${pod.id.namespace} ${pod.id.name}`;
  for (const status of statuses(pod)) {
    const found = containerTrouble(status, where);
    if (found !== undefined) return found;
  }
  const age = now - startOf(pod);
  const unscheduled = condition(pod, 'PodScheduled');
  if (text(unscheduled, 'status') === 'False') {
    const reason = `no node takes ${pod.id.name}: ${brief(text(unscheduled, 'message') ?? text(unscheduled, 'reason') ?? '')}`;
    return age > PATIENCE ? stuck(reason, `kubectl describe pod ${where}`) : rolling(reason);
  }
  const warning = newestEvent(pod, events);
  if (warning === undefined || isReady(pod)) return undefined;
  const reason = `${pod.id.name}: ${text(warning.root, 'reason')}: ${brief(text(warning.root, 'message') ?? '')}`;
  return age > PATIENCE ? stuck(reason, `kubectl describe pod ${where}`) : rolling(reason);
}

function containerTrouble(status: Node, where: string): Signal | undefined {
  const name = text(status, 'name') ?? '';
  const waiting = at(status, 'state', 'waiting');
  const reason = text(waiting, 'reason') ?? '';
  const message = brief(text(waiting, 'message') ?? '');
  if (PULL_FAILURES.has(reason)) {
    const image = text(status, 'image') ?? 'its image';
    return stuck(
      `${reason}: ${name} cannot pull ${image}${message === '' || message.includes('Back-off') ? '' : `: ${message}`}`,
      'Check that the tag exists and that the pull secret is there; then push the tag, or take the commit back.',
    );
  }
  if (START_FAILURES.has(reason)) {
    return stuck(`${reason}: ${name}: ${message}`, `kubectl describe pod ${where}`);
  }
  if (reason !== 'CrashLoopBackOff') return undefined;
  const times = number(status, 'restartCount') ?? 0;
  const last = lastEnd(status);
  return stuck(
    `CrashLoopBackOff: ${name} has ended ${times} times${last === '' ? '' : `, last${last}`}`,
    `kubectl logs ${where} -c ${name} --previous`,
  );
}

/** Milliseconds that a container that has ended has to run again before it counts as well. */
const SETTLING = 2 * 60_000;

/** A container that ended a moment ago: it runs now, and may do so between two crashes. */
export function restartedLately(pods: readonly KubeObject[], now: number): Signal | undefined {
  for (const pod of pods) {
    for (const status of items(at(pod.root, 'status', 'containerStatuses'))) {
      const ago = now - endOf(status);
      if (ago >= SETTLING) continue;
      const name = text(status, 'name') ?? '';
      return rolling(
        `${name} ended ${span(Math.max(0, Math.round(ago / 1000)))} ago${lastEnd(status)}, and has yet to run for ${span(SETTLING / 1000)}`,
        `kubectl logs -n ${pod.id.namespace} ${pod.id.name} -c ${name} --previous`,
      );
    }
  }
  return undefined;
}

/**
 * What is told of pods that run: `the youngest 40 s old, 2 restarts since the roll`, and what is odd about them.
 *
 * @param since When the roll began, in milliseconds; undefined where nobody says.
 */
export function podsInWords(pods: readonly KubeObject[], now: number, since: number | undefined): string {
  const youngest = Math.max(0, now - Math.max(...pods.map(startOf)));
  const parts = [`the youngest ${span(Math.round(youngest / 1000))} old`];
  const restarts = pods.reduce((sum, pod) => sum + restartsOf(pod, since), 0);
  const when = since === undefined ? '' : ' since the roll';
  if (restarts > 0) parts.push(`${restarts} ${restarts === 1 ? 'restart' : 'restarts'}${when}`);
  const builds = buildsApart(pods);
  if (builds !== undefined) parts.push(`${builds} runs more than one build of the same tag`);
  return parts.join(', ');
}

/** Restarts since a moment. Of a pod from before it only the last one of each container is known. */
function restartsOf(pod: KubeObject, since = 0): number {
  const isOlder = startOf(pod) < since;
  return statuses(pod).reduce((sum, status) => {
    const all = number(status, 'restartCount') ?? 0;
    return sum + (isOlder ? Number(all > 0 && endOf(status) >= since) : all);
  }, 0);
}

/** When the container ended the last time, in milliseconds; the start of time where it never has. */
function endOf(status: Node): number {
  return Date.parse(text(status, 'lastState', 'terminated', 'finishedAt') ?? '') || 0;
}

/** ` with OOMKilled 137`. */
function lastEnd(status: Node): string {
  const last = at(status, 'lastState', 'terminated');
  if (last === undefined) return '';
  return ` with ${text(last, 'reason') ?? 'exit'} ${scalar(last, 'exitCode') ?? ''}`.trimEnd();
}

/** A container that not all pods run the same content of, though they name one image: its tag has moved. */
function buildsApart(pods: readonly KubeObject[]): string | undefined {
  const ids = new Map<string, string>();
  for (const status of pods.flatMap(statuses)) {
    const name = text(status, 'name') ?? '';
    const id = digestOf(text(status, 'imageID') ?? '');
    if (id === undefined) continue;
    const known = ids.get(name) ?? id;
    if (known !== id) return name;
    ids.set(name, id);
  }
  return undefined;
}

function statuses({ root }: KubeObject): readonly Node[] {
  return [...items(at(root, 'status', 'initContainerStatuses')), ...items(at(root, 'status', 'containerStatuses'))];
}

export function isReady(pod: KubeObject): boolean {
  return text(condition(pod, 'Ready'), 'status') === 'True';
}

export function isLeaving({ root }: KubeObject): boolean {
  const phase = text(root, 'status', 'phase');
  return at(root, 'metadata', 'deletionTimestamp') !== undefined || phase === 'Failed' || phase === 'Succeeded';
}

/** When the pod was made, in milliseconds; the start of time where it does not say. */
export function startOf({ root }: KubeObject): number {
  return Date.parse(text(root, 'metadata', 'creationTimestamp') ?? '') || 0;
}

export function condition({ root }: KubeObject, type: string): Node | undefined {
  return items(at(root, 'status', 'conditions')).find(one => text(one, 'type') === type);
}

export function newestEvent(about: KubeObject, events: readonly KubeObject[]): KubeObject | undefined {
  const uid = text(about.root, 'metadata', 'uid');
  const when = ({ root }: KubeObject) =>
    text(root, 'lastTimestamp') ?? text(root, 'eventTime') ?? text(root, 'metadata', 'creationTimestamp') ?? '';
  return events
    .filter(({ root }) => text(root, 'type') === 'Warning' && text(root, 'involvedObject', 'uid') === uid)
    .sort((a, b) => (when(a) < when(b) ? 1 : -1))[0];
}

/** Whether the object is owned by the other one. */
export function isOwnedBy({ root }: KubeObject, owner: KubeObject): boolean {
  const uid = text(owner.root, 'metadata', 'uid');
  return uid !== undefined && items(at(root, 'metadata', 'ownerReferences')).some(one => text(one, 'uid') === uid);
}
