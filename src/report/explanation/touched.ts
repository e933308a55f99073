import type { UnitChange } from '../../change/change.ts';
import { idKey, type KubeObject } from '../../kubernetes/object.ts';
import { podTemplate } from '../../kubernetes/workload.ts';
import type { Result } from '../result.ts';
import { type Roll, rollsOf } from './rolls.ts';

/** A unit in which something changes, with what its workloads do. Others were compared and are the same. */
export interface Touched extends UnitChange {
  readonly rolls: readonly Roll[];
}

/** Workloads of which only the number of pods changes: none is replaced, some are added or stopped. */
export function scaledIn({ changes, rolls }: Touched): KubeObject[] {
  return changes.flatMap(change => {
    if (change.kind !== 'modified' || podTemplate(change.after) === undefined) return [];
    const isScaled = change.fields.some(({ path }) => path.join('.') === 'spec.replicas');
    const rolled = rolls.some(({ workload }) => idKey(workload.id) === idKey(change.after.id));
    return isScaled && !rolled ? [change.after] : [];
  });
}

export function touchedBy({ units, config }: Result): Touched[] {
  const autoReloadAll = config.options['config-change-not-picked-up']['auto-reload-all'];
  return units
    .filter(({ facts }) => facts.length > 0)
    .map(change => ({ ...change, rolls: rollsOf(change, { argoRollouts: true, autoReloadAll }) }));
}
