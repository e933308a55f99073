import { replicaRange } from '../../kubernetes/autoscaler.ts';
import { budgetOf, disruptionBudgets } from '../../kubernetes/disruption.ts';
import { idLabel, type KubeObject } from '../../kubernetes/object.ts';
import type { IntOrPercent } from '../../kubernetes/quantity.ts';
import { type RollTime, rollTime } from '../../kubernetes/roll-time.ts';
import { rollout } from '../../kubernetes/rollout.ts';
import { isPaused } from '../../kubernetes/sync.ts';
import { containers } from '../../kubernetes/workload.ts';
import { at, scalar, text } from '../../yaml/node.ts';
import { count, span } from '../line.ts';

/** How the pods of a workload are replaced: facts of its manifest, and the same in one line. */
export interface Pace {
  /** Undefined where no number says it: a DaemonSet has a pod a node, a CronJob one a run. */
  readonly pods: { readonly min: number; readonly max: number } | undefined;
  /** The autoscaler that decides the number: `ScaledObject app-web`. */
  readonly scaledBy: string | undefined;
  /** As the manifest has them, or their defaults: `50%`, `0`. */
  readonly surge: string | undefined;
  readonly unavailable: string | undefined;
  /** What tells that a new pod serves: `tcp 9000`. */
  readonly readyBy: readonly string[];
  readonly budgets: readonly string[];
  readonly time: RollTime | undefined;
  readonly line: string;
}

/** How pods of the old template give way to pods of the new one, among the objects of the unit. */
export function paceOf(workload: KubeObject, objects: readonly KubeObject[]): Pace {
  const { kind } = workload.id;
  const strategy = rollout(workload);
  const { min, max, from } = replicaRange(workload, objects);
  const hasCount = strategy !== undefined && kind !== 'DaemonSet';
  const readyBy = readiness(workload);
  const common = {
    pods: hasCount ? { min, max } : undefined,
    scaledBy: hasCount && from !== undefined ? idLabel(from.id) : undefined,
    surge: strategy?.strategy === 'RollingUpdate' ? amount(strategy.maxSurge) : undefined,
    unavailable: strategy?.strategy === 'RollingUpdate' ? amount(strategy.maxUnavailable) : undefined,
    readyBy,
    budgets: disruptionBudgets(workload, objects).map(budget =>
      [idLabel(budget.id), budgetOf(budget) ?? ''].join(' ').trim(),
    ),
    time: strategy === undefined ? undefined : rollTime(workload, strategy, max),
  };
  return { ...common, line: lineOf(workload, common, strategy) };
}

function lineOf(workload: KubeObject, pace: Omit<Pace, 'line'>, strategy: ReturnType<typeof rollout>): string {
  if (workload.id.kind === 'CronJob') return `from its next run (${scheduleOf(workload)})`;
  if (strategy === undefined) return 'its template changes';
  if (pace.pods?.max === 0) return 'no pods now; the next ones are new';
  const number = numberOf(pace);
  if (isPaused(workload)) return `${number}, none is replaced while spec.paused is true`;
  switch (strategy.strategy) {
    case 'Recreate':
      return `${number}, all stop before the first new one starts`;
    case 'OnDelete':
      return `${number}, each is replaced only once it is deleted by hand`;
    case 'unknown':
      return `${number}, by a strategy that is not set here`;
    case 'RollingUpdate': {
      const partition = strategy.partition > 0 ? `, only from ordinal ${strategy.partition} on` : '';
      const moves = `+${pace.surge ?? '?'} / -${pace.unavailable ?? '?'}`;
      const ready = pace.readyBy.length === 0 ? 'no readiness probe' : `ready by ${pace.readyBy.join(', ')}`;
      return `${number}, ${moves}${partition}, ${ready}`;
    }
  }
}

/** `3 to 12 pods`, `1 pod`, `a pod a node`. */
export function numberOf({ pods }: Pick<Pace, 'pods'>): string {
  if (pods === undefined) return 'a pod a node';
  return pods.min === pods.max ? count(pods.max, 'pod') : `${pods.min} to ${pods.max} pods`;
}

export function scheduleOf({ root }: KubeObject): string {
  return text(root, 'spec', 'schedule') ?? 'schedule unknown';
}

/** What the manifest's own numbers bound: `in 2 steps of 20 s at least; failed after 10 min without progress`. */
export function timeLine({ steps, atLeast, stalledAfter, within }: RollTime): string {
  const least = atLeast === 0 ? '' : `, ${span(atLeast)} at least`;
  const end =
    stalledAfter === undefined || within === undefined
      ? 'nothing calls it failed: a pod that does not become ready holds it for good'
      : `called failed after ${span(stalledAfter)} without progress, so over within ${span(within)}`;
  return `${count(steps, 'step')}${least}; ${end}`;
}

function amount(value: IntOrPercent | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value.unit === 'percent' ? `${value.value}%` : String(value.value);
}

/** The probes of all its containers together. */
function readiness(workload: KubeObject): string[] {
  return containers(workload).flatMap(container => {
    const probe = at(container.node, 'readinessProbe');
    if (probe === undefined) return [];
    const port = (field: string) => scalar(probe, field, 'port') ?? '?';
    if (at(probe, 'tcpSocket')) return [`tcp ${port('tcpSocket')}`];
    if (at(probe, 'httpGet')) return [`GET ${text(probe, 'httpGet', 'path') ?? '/'} on ${port('httpGet')}`];
    if (at(probe, 'grpc')) return [`grpc ${port('grpc')}`];
    return [`a command in ${container.name}`];
  });
}
