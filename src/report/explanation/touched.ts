import type { ObjectChange, UnitChange } from '../../change/change.ts';
import { idKey, type KubeObject } from '../../kubernetes/object.ts';
import { podTemplate } from '../../kubernetes/workload.ts';
import type { Path } from '../../yaml/node.ts';
import type { Result } from '../result.ts';
import { type Roll, rollsOf } from './rolls.ts';

/** A unit in which something changes, with what its workloads do. Others were compared and are the same. */
export interface Touched extends UnitChange {
  readonly rolls: readonly Roll[];
}

/** Whether the change moves the number of pods that the object asks for. */
export function setsReplicas(change: ObjectChange): boolean {
  return change.kind === 'modified' && change.fields.some(({ path }) => isReplicas(path));
}

export function isReplicas(path: Path): boolean {
  return path.length === 2 && path[0] === 'spec' && path[1] === 'replicas';
}

/** Workloads of which only the number of pods changes: none is replaced, some are added or stopped. */
export function scaledIn({ changes, rolls }: Touched): KubeObject[] {
  return changes.flatMap(change => {
    if (change.kind !== 'modified' || podTemplate(change.after) === undefined) return [];
    const rolled = rolls.some(({ workload }) => idKey(workload.id) === idKey(change.after.id));
    return setsReplicas(change) && !rolled ? [change.after] : [];
  });
}

export function touchedBy({ units, config }: Result): Touched[] {
  const autoReloadAll = config.options['config-change-not-picked-up']['auto-reload-all'];
  return units
    .filter(({ facts }) => facts.length > 0)
    .map(change => ({ ...change, rolls: rollsOf(change, { argoRollouts: true, autoReloadAll }) }));
}
