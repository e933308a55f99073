import type { UnitChange } from '../change/change.ts';
import { consumed } from '../kubernetes/consumed.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import type { Roll } from '../report/explanation/rolls.ts';
import { changedConfigs, keysRead } from '../rule/changed-config.ts';
import { isLeaving, startOf } from './pods.ts';
import { landed, rolling, type Signal, stuck, unknownSignal } from './signal.ts';

/** Milliseconds in which Reloader sees a change and the first new pod is there. */
const RELOADER_TAKES = 2 * 60_000;

export interface RestartQuestion {
  readonly roll: Roll;
  readonly change: UnitChange;
  /** Of the workload, whatever their template. */
  readonly pods: readonly KubeObject[];
  /** When the configuration came into the cluster; undefined where nobody says. */
  readonly since: number | undefined;
  /** When the commit was made: the configuration cannot be older. */
  readonly committed: number;
  readonly now: number;
}

/** Whether the pods have read a configuration that changed under its name: only those that started after it have. */
export function judgeRestart({ roll, change, pods, since, committed, now }: RestartQuestion): Signal {
  const names = configsRead(roll.workload, change);
  const staying = pods.filter(pod => !isLeaving(pod));
  if (staying.length === 0) return unknownSignal(`no pod of it runs that could have read ${names}`, true);
  const old = staying.filter(pod => startOf(pod) < (since ?? committed)).length;
  if (old === 0) {
    return since === undefined
      ? unknownSignal(`whether its pods started before ${names} changed is not known`, true)
      : landed(`its pods started after ${names} changed`);
  }
  if (roll.cause === 'stays' && isRefreshed(roll.workload, change)) {
    return landed(`${names} reaches its files without a restart, and nothing tells the program`);
  }
  const left = `${old} of ${staying.length} pods started before ${names} changed and have the old values`;
  if (roll.cause === 'reloader' && now - (since ?? committed) < RELOADER_TAKES) return rolling(left);
  const { namespace, kind, name } = roll.workload.id;
  return stuck(left, `kubectl rollout restart -n ${namespace} ${kind.toLowerCase()} ${name}`);
}

function reads(workload: KubeObject, change: UnitChange) {
  return changedConfigs(change).flatMap(changed =>
    consumed(workload).filter(reference => keysRead(reference, changed).length > 0),
  );
}

function configsRead(workload: KubeObject, change: UnitChange): string {
  const names = reads(workload, change).map(({ kind, name }) => `${kind} ${name}`);
  return [...new Set(names)].join(' and ') || 'its configuration';
}

/** All that it reads are files, which the kubelet renews. */
function isRefreshed(workload: KubeObject, change: UnitChange): boolean {
  return reads(workload, change).every(({ how }) => how === 'volume' || how === 'projected');
}
