import type { KubeObject } from '../kubernetes/object.ts';
import { rollout } from '../kubernetes/rollout.ts';
import { at, items, type Node, number, type Path, scalar, text } from '../yaml/node.ts';
import { brief } from './application.ts';
import { condition } from './pods.ts';
import { failed, landed, rolling, type Signal, unknownSignal } from './signal.ts';

type Judge = (live: KubeObject) => Signal;

/**
 * How far the controller is with the newest template, by the same conditions as `kubectl rollout status` and Argo CD
 * (kubectl, pkg/polymorphichelpers/rollout_status.go; gitops-engine, pkg/health; argo-rollouts, utils/rollout).
 */
const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['apps/Deployment', deployment],
  ['apps/StatefulSet', statefulSet],
  ['apps/DaemonSet', daemonSet],
  ['argoproj.io/Rollout', argoRollout],
  ['batch/CronJob', cronJob],
  ['batch/Job', job],
  ['keda.sh/ScaledJob', () => landed('its next jobs have the template')],
]);

/** The state of the rollout by the controller's own account; undefined for a kind that is not judged here. */
export function progressOf(live: KubeObject): Signal | undefined {
  const judge = JUDGES.get(`${live.id.group}/${live.id.kind}`);
  if (judge === undefined) return undefined;
  const generation = number(live.root, 'metadata', 'generation') ?? 0;
  const hasObserved = live.id.group === 'apps' || live.id.kind === 'Rollout';
  // A Rollout writes it as a text.
  const observed = Number(scalar(live.root, 'status', 'observedGeneration') ?? 0);
  if (hasObserved && observed < generation) return rolling('its controller has not seen the newest version of it');
  return judge(live);
}

function counts({ root }: KubeObject) {
  const status = (field: string) => number(root, 'status', field) ?? 0;
  return { desired: number(root, 'spec', 'replicas') ?? 1, status };
}

function deployment(live: KubeObject): Signal {
  const { desired, status } = counts(live);
  if (scalar(live.root, 'spec', 'paused') === true) {
    return rolling(
      'paused: waits for a person',
      `kubectl rollout resume -n ${live.id.namespace} deployment ${live.id.name}`,
    );
  }
  const progressing = condition(live, 'Progressing');
  if (text(progressing, 'reason') === 'ProgressDeadlineExceeded') {
    return failed(`no progress within its deadline: ${updated(status('updatedReplicas'), desired)}`);
  }
  const refused = condition(live, 'ReplicaFailure');
  if (text(refused, 'status') === 'True') {
    return { state: 'stuck', reason: `its pods cannot be made: ${brief(text(refused, 'message') ?? '')}` };
  }
  if (status('updatedReplicas') < desired) return rolling(updated(status('updatedReplicas'), desired));
  if (status('replicas') > status('updatedReplicas')) {
    const old = status('replicas') - status('updatedReplicas');
    return rolling(old === 1 ? '1 old pod is still there' : `${old} old pods are still there`);
  }
  if (status('availableReplicas') < status('updatedReplicas')) {
    return rolling(`${status('availableReplicas')} of ${desired} new pods are available`);
  }
  return landed(allUpdated(desired));
}

function statefulSet(live: KubeObject): Signal {
  const { desired, status } = counts(live);
  const strategy = rollout(live);
  const isCurrent = text(live.root, 'status', 'updateRevision') === text(live.root, 'status', 'currentRevision');
  if (strategy?.strategy === 'OnDelete')
    return byHand(live, isCurrent ? 0 : desired - status('updatedReplicas'), desired);
  const partition = strategy?.partition ?? 0;
  if (partition >= desired && desired > 0 && !isCurrent) {
    return rolling(
      `partition ${partition} keeps all ${desired} pods on the old template`,
      'Lower spec.updateStrategy.rollingUpdate.partition for the commit to take effect.',
    );
  }
  if (status('readyReplicas') < desired) {
    return rolling(`${status('readyReplicas')} of ${desired} pods are ready, ${status('updatedReplicas')} of them new`);
  }
  if (partition > 0 && !isCurrent) {
    const due = desired - partition;
    return status('updatedReplicas') < due
      ? rolling(updated(status('updatedReplicas'), due))
      : landed(`${due} of ${desired} pods run it, as partition ${partition} says`);
  }
  return isCurrent ? landed(allUpdated(desired)) : rolling(updated(status('updatedReplicas'), desired));
}

function byHand(live: KubeObject, old: number, desired: number): Signal {
  if (old <= 0) return landed(allUpdated(desired));
  return rolling(
    `${old} of ${desired} pods run the old template until somebody deletes them (OnDelete)`,
    `Delete its old pods one after the other: kubectl -n ${live.id.namespace} delete pod NAME`,
  );
}

function daemonSet(live: KubeObject): Signal {
  const { status } = counts(live);
  const desired = status('desiredNumberScheduled');
  if (desired === 0) return unknownSignal('no node is meant to run it, so no pod shows it');
  const fresh = status('updatedNumberScheduled');
  if (rollout(live)?.strategy === 'OnDelete') return byHand(live, desired - fresh, desired);
  if (fresh < desired) return rolling(updated(fresh, desired));
  if (status('numberAvailable') < desired)
    return rolling(`${status('numberAvailable')} of ${desired} pods are available`);
  return landed(allUpdated(desired));
}

function argoRollout(live: KubeObject): Signal {
  const { root } = live;
  const { desired, status } = counts(live);
  if (scalar(root, 'status', 'abort') === true) {
    return failed(`the rollout was aborted: ${brief(text(root, 'status', 'message') ?? 'the old version serves')}`);
  }
  const phase = text(root, 'status', 'phase');
  const message = brief(text(root, 'status', 'message') ?? '');
  const deadline = text(condition(live, 'Progressing'), 'reason');
  if (phase === 'Degraded' || deadline === 'ProgressDeadlineExceeded') return failed(message || 'Degraded');
  const isPaused = scalar(root, 'spec', 'paused') === true || items(at(root, 'status', 'pauseConditions')).length > 0;
  if (isPaused || phase === 'Paused') {
    const step = number(root, 'status', 'currentStepIndex');
    const where = step === undefined ? '' : ` at step ${step + 1}`;
    return rolling(
      `paused${where}: waits for a person or for its time${message === '' ? '' : ` (${message})`}`,
      `kubectl argo rollouts promote ${live.id.name} -n ${live.id.namespace}`,
    );
  }
  const [current, stable] = [text(root, 'status', 'currentPodHash'), text(root, 'status', 'stableRS')];
  if (phase === 'Healthy' && current !== undefined && current === stable) return landed(allUpdated(desired));
  return rolling(`${updated(status('updatedReplicas'), desired)}${message === '' ? '' : ` (${message})`}`);
}

/** Its pods come with the next run, so the last one tells nothing of this template. */
function cronJob({ root }: KubeObject): Signal {
  const schedule = text(root, 'spec', 'schedule') ?? '?';
  const last = text(root, 'status', 'lastScheduleTime');
  const ran = last === undefined ? 'it has not run yet' : `its last run was at ${last}`;
  if (scalar(root, 'spec', 'suspend') === true) return landed(`the next run has it, and it is suspended; ${ran}`);
  return landed(`the next run has it (${schedule}); ${ran}`);
}

function job(live: KubeObject): Signal {
  const broken = condition(live, 'Failed');
  if (isTrue(broken)) return failed(`it failed: ${brief(text(broken, 'message') ?? text(broken, 'reason') ?? '')}`);
  if (isTrue(condition(live, 'Complete'))) return landed('it has run to its end');
  if (scalar(live.root, 'spec', 'suspend') === true) return rolling('suspended: waits for a person');
  return rolling('it runs');
}

function isTrue(node: Node | undefined, ...path: Path): boolean {
  return text(node, ...path, 'status') === 'True';
}

function updated(number: number, desired: number): string {
  return `${number} of ${desired} pods run it`;
}

function allUpdated(desired: number): string {
  return desired === 1 ? 'its pod runs it' : `all ${desired} pods run it`;
}
