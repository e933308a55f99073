import type { UnitChange } from '../../change/change.ts';
import type { Result } from '../result.ts';
import { type Roll, rollsOf } from './rolls.ts';

/** A unit in which something changes, with what its workloads do. Others were compared and are the same. */
export interface Touched extends UnitChange {
  readonly rolls: readonly Roll[];
}

export function touchedBy({ units, config }: Result): Touched[] {
  const autoReloadAll = config.options['config-change-not-picked-up']['auto-reload-all'];
  return units
    .filter(({ facts }) => facts.length > 0)
    .map(change => ({ ...change, rolls: rollsOf(change, { argoRollouts: true, autoReloadAll }) }));
}
