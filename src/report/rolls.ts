import type { ObjectChange, UnitChange } from '../change/change.ts';
import { replicaRange } from '../kubernetes/autoscaler.ts';
import { consumed } from '../kubernetes/consumed.ts';
import { idKey, idLabel, type KubeObject } from '../kubernetes/object.ts';
import type { IntOrPercent } from '../kubernetes/quantity.ts';
import { reloads } from '../kubernetes/reloader.ts';
import { type ReplicaCounts, rollout } from '../kubernetes/rollout.ts';
import { sameNamespace } from '../kubernetes/scope.ts';
import { containers, podTemplate } from '../kubernetes/workload.ts';
import { at, type Path, scalar, text } from '../yaml/node.ts';
import { count } from './line.ts';

/** What happens to the pods of one workload. */
export interface Roll {
  readonly workload: KubeObject;
  /** `Deployment app-web`. */
  readonly label: string;
  /** One line: how many pods, how fast, what holds it back. */
  readonly how: string;
  /** New pods come from it, so it can be watched. */
  readonly watch: boolean;
}

/** Which workloads of a unit start, stop, roll or are restarted, in the order of the objects. */
export function rollsOf(change: UnitChange): Roll[] {
  const rolls = new Map<string, Roll>();
  for (const object of change.changes) {
    const roll = rollOf(object, change);
    if (roll !== undefined) rolls.set(idKey(roll.workload.id), roll);
  }
  for (const object of change.changes) {
    for (const roll of readersOf(object, change)) {
      const key = idKey(roll.workload.id);
      if (!rolls.has(key)) rolls.set(key, roll);
    }
  }
  return [...rolls.values()];
}

function rollOf(change: ObjectChange, unit: UnitChange): Roll | undefined {
  if (change.kind === 'removed') {
    return podTemplate(change.before) && told(change.before, 'stops and is removed', false);
  }
  const template = podTemplate(change.after);
  if (template === undefined) return undefined;
  const pods = podsOf(change.after, unit);
  if (change.kind === 'added') return told(change.after, starting(change.after, pods), true);
  if (!change.fields.some(field => below(field.path, template.path))) return undefined;
  return told(change.after, replacing(change.after, pods), true);
}

/** Workloads that read what changed and are not changed themselves: restarted by Reloader or left with the old values. */
function* readersOf(change: ObjectChange, unit: UnitChange): Generator<Roll> {
  if (change.kind !== 'modified') return;
  const { kind, name } = change.after.id;
  if (kind !== 'ConfigMap' && kind !== 'Secret') return;
  if (!change.fields.some(({ path }) => path[0] === 'data' || path[0] === 'binaryData' || path[0] === 'stringData'))
    return;
  for (const workload of unit.after?.objects ?? []) {
    const reads = consumed(workload).some(reference => reference.kind === kind && reference.name === name);
    if (!reads || !sameNamespace(workload, change.after)) continue;
    const answer = reloads(workload, change.after);
    if (answer.state === 'yes') {
      yield told(
        workload,
        `restarted by Reloader for ${kind} ${name}: ${replacing(workload, podsOf(workload, unit))}`,
        true,
      );
    } else if (rollout(workload) !== undefined) {
      yield told(workload, `not restarted for ${kind} ${name}: ${answer.because}`, false);
    } else {
      yield told(workload, `reads ${kind} ${name} from its next run`, false);
    }
  }
}

function told(workload: KubeObject, how: string, watch: boolean): Roll {
  return { workload, label: idLabel(workload.id), how, watch };
}

function below(path: Path, prefix: Path): boolean {
  return prefix.every((step, i) => path[i] === step);
}

function podsOf(workload: KubeObject, { after }: UnitChange): ReplicaCounts {
  return replicaRange(workload, after?.objects ?? []);
}

function starting(workload: KubeObject, pods: ReplicaCounts): string {
  const { kind } = workload.id;
  if (kind === 'CronJob') return `new, runs at ${text(workload.root, 'spec', 'schedule') ?? 'times unknown'}`;
  if (kind === 'Job') return 'new, runs once';
  return kind === 'DaemonSet' ? 'new, a pod a node' : `new, ${numberOf(pods)}`;
}

/** How pods of the old template give way to pods of the new one. */
function replacing(workload: KubeObject, pods: ReplicaCounts): string {
  const { kind } = workload.id;
  if (kind === 'CronJob') return `from its next run (${text(workload.root, 'spec', 'schedule') ?? 'schedule unknown'})`;
  const strategy = rollout(workload);
  if (strategy === undefined) return 'its template changes';
  if (pods.max === 0) return 'no pods now; the next ones are new';
  const number = kind === 'DaemonSet' ? 'a pod a node' : numberOf(pods);
  switch (strategy.strategy) {
    case 'Recreate':
      return `${number}, all stop before the first new one starts`;
    case 'OnDelete':
      return `${number}, each is replaced only once it is deleted by hand`;
    case 'unknown':
      return `${number}, by a strategy that is not set here`;
    case 'RollingUpdate': {
      const partition = strategy.partition > 0 ? `, only from ordinal ${strategy.partition} on` : '';
      const pace = `+${amount(strategy.maxSurge)} / -${amount(strategy.maxUnavailable)}`;
      return `${number}, ${pace}${partition}, ${readiness(workload)}`;
    }
  }
}

function numberOf({ min, max }: ReplicaCounts): string {
  return min === max ? count(max, 'pod') : `${min} to ${max} pods`;
}

function amount(value: IntOrPercent | undefined): string {
  if (value === undefined) return '?';
  return value.unit === 'percent' ? `${value.value}%` : String(value.value);
}

/** What tells that a new pod serves: the probes of all its containers together. */
function readiness(workload: KubeObject): string {
  const probes = containers(workload).flatMap(container => {
    const probe = at(container.node, 'readinessProbe');
    if (probe === undefined) return [];
    const port = (field: string) => scalar(probe, field, 'port') ?? '?';
    if (at(probe, 'tcpSocket')) return [`tcp ${port('tcpSocket')}`];
    if (at(probe, 'httpGet')) return [`http ${port('httpGet')} ${text(probe, 'httpGet', 'path') ?? '/'}`];
    if (at(probe, 'grpc')) return [`grpc ${port('grpc')}`];
    return [`a command in ${container.name}`];
  });
  return probes.length === 0 ? 'no readiness probe' : `ready by ${probes.join(', ')}`;
}
