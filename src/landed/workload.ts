import { replicaRange } from '../kubernetes/autoscaler.ts';
import { deadlock } from '../kubernetes/deadlock.ts';
import { idLabel, type KubeObject } from '../kubernetes/object.ts';
import { podTemplate } from '../kubernetes/workload.ts';
import { at, number, text } from '../yaml/node.ts';
import { brief } from './application.ts';
import type { MissingField } from './fields.ts';
import { imageDifferences, otherContents, otherVersions, shortImages } from './images.ts';
import { isLeaving, isOwnedBy, isReady, newestEvent, podsInWords, restartedLately, troubleOf } from './pods.ts';
import { progressOf } from './progress.ts';
import { overtaken, rolling, type Signal, stuck, unknownSignal } from './signal.ts';

export interface WorkloadQuestion {
  /** As the commit renders it, and the objects that it is rendered with. */
  readonly expected: KubeObject;
  readonly objects: readonly KubeObject[];
  /** Undefined where the cluster has none of the name. */
  readonly live: KubeObject | undefined;
  /** The commit brings it. */
  readonly isNew: boolean;
  /** What the commit sets in it and the live object does not have. */
  readonly missing: readonly MissingField[];
  /** Of its namespace. */
  readonly replicaSets: readonly KubeObject[];
  readonly pods: readonly KubeObject[];
  readonly events: readonly KubeObject[];
  /** As a later commit renders it that Argo CD has already; undefined where there is none. */
  readonly newer: Newer | undefined;
  /** When Argo CD began to bring the commit, in milliseconds; undefined where nobody says. */
  readonly since: number | undefined;
  readonly now: number;
}

/** A later commit that Argo CD has already. */
export interface Newer {
  readonly commit: string;
  /** Undefined where it has no such object. */
  readonly object: KubeObject | undefined;
  /** It has other values in the fields that the commit sets. */
  readonly isAnother: boolean;
}

/** Whether the workload runs what the commit says, on new pods that are well; with its name as the subject. */
export function judgeWorkload(question: WorkloadQuestion): Signal {
  return { ...judged(question), subject: idLabel(question.expected.id) };
}

function judged(question: WorkloadQuestion): Signal {
  const { expected, live, newer } = question;
  if (newer?.object === undefined) {
    if (newer !== undefined) return overtaken(`${newer.commit} removes it`);
  } else if (newer.isAnother || imageDifferences(expected, newer.object).length > 0) {
    return overtaken(told(expected, newer.object, newer.commit));
  }
  if (live === undefined) return absent(question.isNew);
  if (at(live.root, 'metadata', 'deletionTimestamp') !== undefined) return rolling('it is being deleted');
  const [difference] = imageDifferences(expected, live);
  if (difference !== undefined) {
    const [is, wanted] = shortImages(difference.live ?? 'not there', difference.expected);
    const reason = `${difference.container} is ${is} in the cluster, the commit says ${wanted}`;
    return { ...rolling(reason), pods: { ready: 0, wanted: wantedPods(live) } };
  }
  const [field] = question.missing;
  if (field !== undefined) return fieldSignal(field);
  const signal = ofPods(live, question);
  const ready = newestPods(live, question)?.filter(isReady).length;
  return ready === undefined || !hasPods(live) ? signal : { ...signal, pods: { ready, wanted: wantedPods(live) } };
}

function wantedPods({ id, root }: KubeObject): number {
  if (id.kind === 'DaemonSet') return number(root, 'status', 'desiredNumberScheduled') ?? 0;
  return number(root, 'spec', 'replicas') ?? 1;
}

/** What was there before the commit and is not seen may be in another cluster or namespace. */
export function absent(isNew: boolean): Signal {
  return isNew ? rolling('it is not there yet') : unknownSignal('this cluster does not have it', true);
}

/** A field that is not as the commit says. Its value is not told, since it may be a password. */
export function fieldSignal({ path, has }: MissingField): Signal {
  return has === 'old'
    ? rolling(`${path} is as it was before the commit`)
    : unknownSignal(`${path} is neither as the commit says nor as it was before`, true);
}

function told(expected: KubeObject, newer: KubeObject, commit: string): string {
  const [first] = imageDifferences(expected, newer);
  if (first === undefined) return `${commit} changes it`;
  const [is, wanted] = shortImages(first.live ?? 'nothing', first.expected);
  return `${commit} has ${first.container} at ${is} instead of ${wanted}`;
}

/** The template is the commit's; whether pods of it run. */
function ofPods(live: KubeObject, question: WorkloadQuestion): Signal {
  const progress = progressOf(live);
  if (progress === undefined) return unknownSignal('how it rolls is not known here');
  if (progress.state === 'unknown' || !hasPods(live)) return progress;
  if (progress.state === 'landed' && number(live.root, 'spec', 'replicas') === 0) return atZero(question);
  const pods = newestPods(live, question);
  const trouble = pods && troubleOf({ pods, events: question.events, now: question.now });
  if (progress.state === 'failed') {
    return trouble === undefined
      ? progress
      : { ...trouble, state: 'failed', reason: `${progress.reason}; ${trouble.reason}` };
  }
  if (progress.state === 'stuck') return progress;
  if (trouble?.state === 'stuck') {
    return progress.state === 'landed' ? trouble : { ...trouble, reason: `${trouble.reason}; ${progress.reason}` };
  }
  if (progress.state === 'rolling') return rollingOn(live, progress, trouble, pods, question);
  if (pods === undefined || pods.length === 0) {
    return unknownSignal('the controller says that it is done, and no pod of it is seen', true);
  }
  const unwell = pods.filter(pod => !isReady(pod)).length;
  if (unwell > 0) return rolling(`${unwell} of ${pods.length} new pods are not ready`);
  const [other] = pods.flatMap(pod => otherVersions(question.expected, pod));
  if (other !== undefined) {
    const [is, wanted] = shortImages(other.live, other.expected);
    return unknownSignal(`something rewrites its pods: ${other.container} runs ${is}, the commit says ${wanted}`);
  }
  const [content] = pods.flatMap(pod => otherContents(question.expected, pod));
  if (content !== undefined) {
    const { container, wanted, id } = content;
    const runs = id === '' ? 'does not say what it runs' : `runs ${id}`;
    return unknownSignal(`something rewrites its pods: ${container} ${runs}, the commit says ${wanted}`, id === '');
  }
  const restarted = restartedLately(pods, question.now);
  if (restarted !== undefined) return restarted;
  return { ...progress, reason: `${progress.reason}, ${podsInWords(pods, question.now, question.since)}` };
}

/** Why it goes no further, where something besides the pods says so. */
function rollingOn(
  live: KubeObject,
  progress: Signal,
  trouble: Signal | undefined,
  pods: readonly KubeObject[] | undefined,
  { objects, expected, replicaSets, events }: WorkloadQuestion,
): Signal {
  const set = newestSet(live, replicaSets);
  const refusal = (set && newestEvent(set, events)) ?? newestEvent(live, events);
  if (text(refusal?.root, 'reason') === 'FailedCreate' && (pods ?? []).length === 0) {
    return stuck(`its pods cannot be made: ${brief(text(refusal?.root, 'message') ?? '')}; ${progress.reason}`);
  }
  const cause = deadlock(expected, objects);
  if (trouble !== undefined && cause !== undefined) {
    const what = cause.cause === 'host-port' ? `port ${cause.subject} of the node` : `volume ${cause.subject}`;
    return stuck(
      `the new pod waits for ${what}, which the old pod keeps until the new one is ready: ${trouble.reason}`,
      `Delete the old pod by hand; for good, strategy Recreate, or maxSurge 0 with maxUnavailable 1.`,
    );
  }
  return trouble === undefined ? progress : { ...progress, reason: `${progress.reason}; ${trouble.reason}` };
}

/** Nothing runs it, which is as it should be where an autoscaler or the commit says so. */
function atZero({ expected, objects }: WorkloadQuestion): Signal {
  const range = replicaRange(expected, objects);
  // A HorizontalPodAutoscaler leaves what is at 0 alone. (kubernetes pkg/controller/podautoscaler/horizontal.go)
  const isAsleep = range.from?.id.kind === 'HorizontalPodAutoscaler' && range.min > 0;
  if ((range.from === undefined || isAsleep) && number(expected.root, 'spec', 'replicas') === 0) {
    return { state: 'landed', reason: 'it is scaled to 0, as the commit says' };
  }
  const kind = range.from?.id.kind ?? 'an autoscaler';
  const scaled = isAsleep ? `it is scaled to 0, where a ${kind} does not act` : 'it is scaled to 0';
  const why = range.min === 0 ? `${kind} has it at 0 now` : scaled;
  return unknownSignal(`the template is there and no pod has run it: ${why}`);
}

function hasPods({ id }: KubeObject): boolean {
  return id.group === 'apps' || id.kind === 'Rollout';
}

/** The pods of the newest template; undefined where nothing says which these are. */
export function newestPods(
  live: KubeObject,
  { replicaSets, pods, expected }: Pick<WorkloadQuestion, 'replicaSets' | 'pods' | 'expected'>,
): KubeObject[] | undefined {
  const staying = pods.filter(pod => !isLeaving(pod));
  const hash = (pod: KubeObject) => text(pod.root, 'metadata', 'labels', 'controller-revision-hash');
  switch (live.id.kind) {
    case 'StatefulSet': {
      const newest = text(live.root, 'status', 'updateRevision');
      return staying.filter(pod => isOwnedBy(pod, live) && hash(pod) === newest);
    }
    case 'DaemonSet':
      return staying.filter(pod => isOwnedBy(pod, live) && imageDifferences(asPods(expected), pod).length === 0);
    default: {
      const set = newestSet(live, replicaSets);
      return set && staying.filter(pod => isOwnedBy(pod, set));
    }
  }
}

/** The ReplicaSet of the newest template, by the revision that the controller counts or the hash that it names. */
function newestSet(live: KubeObject, replicaSets: readonly KubeObject[]): KubeObject | undefined {
  const own = replicaSets.filter(set => isOwnedBy(set, live));
  const hash = text(live.root, 'status', 'currentPodHash');
  if (live.id.kind === 'Rollout') {
    return own.find(set => text(set.root, 'metadata', 'labels', 'rollouts-pod-template-hash') === hash);
  }
  const revision = ({ root }: KubeObject) =>
    Number(text(root, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') ?? 0);
  return own.sort((a, b) => revision(b) - revision(a))[0];
}

/** The pods that a workload makes, as an object of their own. */
function asPods(workload: KubeObject): KubeObject {
  const template = podTemplate(workload);
  return { id: { ...workload.id, group: '', kind: 'Pod' }, root: template?.node ?? workload.root };
}
