import { at, type Node, number } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { scaled } from './quantity.ts';
import { type Rollout, resolveFenceposts } from './rollout.ts';
import { containers, podTemplate } from './workload.ts';

/** What the manifest's own numbers say about the time that a roll takes. All in seconds. */
export interface RollTime {
  /** How often the controller waits for new pods before it goes on. */
  readonly steps: number;
  /** What probes, `minReadySeconds` and the like wait for. Images that are pulled and programs that start come on top. */
  readonly atLeast: number;
  /** Without progress for so long the controller calls it failed; undefined where nothing ever does. */
  readonly stalledAfter: number | undefined;
  /** By then it is done or called failed, unless pods become ready and unready again; undefined where nothing ends it. */
  readonly within: number | undefined;
}

/** The defaults of the API server (kubernetes pkg/apis/apps/v1/defaults.go, pkg/apis/core/v1/defaults.go). */
const DEADLINE = 600;
const GRACE = 30;

/** The time of a roll at a number of pods; undefined where pods are replaced by hand or by a strategy that is not known. */
export function rollTime(workload: KubeObject, rollout: Rollout, pods: number): RollTime | undefined {
  if (pods === 0 || rollout.strategy === 'OnDelete' || rollout.strategy === 'unknown') return undefined;
  const ready = secondsToReady(workload);
  if (workload.id.kind === 'Deployment') return ofDeployment(workload, rollout, pods, ready);
  if (workload.id.kind === 'StatefulSet') return ofStatefulSet(rollout, pods, ready);
  return undefined;
}

/** The deadline counts from the last progress, and each pod that becomes available is some. */
function ofDeployment(workload: KubeObject, rollout: Rollout, pods: number, ready: number): RollTime | undefined {
  const { maxSurge, maxUnavailable } = rollout;
  const minimum = number(workload.root, 'spec', 'minReadySeconds') ?? 0;
  const stalledAfter = number(workload.root, 'spec', 'progressDeadlineSeconds') ?? DEADLINE;
  const within = pods * (stalledAfter + minimum);
  if (rollout.strategy === 'Recreate')
    return { steps: 1, atLeast: ready, stalledAfter, within: within + grace(workload) };
  if (maxSurge === undefined || maxUnavailable === undefined) return undefined;
  const { surge, unavailable } = resolveFenceposts(maxSurge, maxUnavailable, pods);
  const steps = Math.ceil(pods / Math.max(1, surge + unavailable));
  return { steps, atLeast: steps * ready, stalledAfter, within };
}

/** One pod after the other, from the highest ordinal down to the partition; nothing calls it failed. */
function ofStatefulSet(rollout: Rollout, pods: number, ready: number): RollTime | undefined {
  if (rollout.maxUnavailable === undefined) return undefined;
  const replaced = Math.max(0, pods - rollout.partition);
  const steps = Math.ceil(replaced / Math.max(1, scaled(rollout.maxUnavailable, pods, 'up')));
  return { steps, atLeast: steps * ready, stalledAfter: undefined, within: undefined };
}

/** What a new pod waits for before it can count as available: its slowest container, then `minReadySeconds`. */
function secondsToReady(workload: KubeObject): number {
  const waits = containers(workload)
    .filter(({ init, sidecar }) => !init || sidecar)
    .map(({ node }) => Math.max(firstSuccess(at(node, 'startupProbe')), firstSuccess(at(node, 'readinessProbe'))));
  return Math.max(0, ...waits) + (number(workload.root, 'spec', 'minReadySeconds') ?? 0);
}

function firstSuccess(probe: Node | undefined): number {
  if (probe === undefined) return 0;
  const again = (number(probe, 'successThreshold') ?? 1) - 1;
  return (number(probe, 'initialDelaySeconds') ?? 0) + Math.max(0, again) * (number(probe, 'periodSeconds') ?? 10);
}

function grace(workload: KubeObject): number {
  return number(podTemplate(workload)?.node, 'spec', 'terminationGracePeriodSeconds') ?? GRACE;
}
