import type { Environment, Unit } from '../gitops/unit.ts';
import { count, list } from './line.ts';
import type { Result } from './result.ts';

const SHORT: Readonly<Record<Environment, string>> = {
  production: 'prod',
  staging: 'staging',
  development: 'dev',
  unknown: '',
};

/** From development to production, as changes travel. */
const ORDER: readonly Environment[] = ['development', 'staging', 'production', 'unknown'];

export type Units = ReadonlyMap<string, Unit>;

export function unitsOf(result: Result): Units {
  return new Map(result.units.map(({ unit }) => [unit.key, unit]));
}

/**
 * Units as people call them: `wecare/adveshop4 staging + prod`; where there are many, how many of which environment
 * and a few of their names. A key that is no unit of the result stands for itself.
 */
export function where(keys: readonly string[], units: Units, most = 3): string {
  const byName = new Map<string, Set<Environment>>();
  for (const key of keys) {
    const unit = units.get(key);
    const name = unit === undefined ? key : nameOf(unit);
    const environments = byName.get(name) ?? new Set();
    byName.set(name, environments.add(unit?.environment ?? 'unknown'));
  }
  const names = [...byName].map(([name, environments]) => withEnvironments(name, environments)).sort();
  if (names.length <= most) return names.join(', ');
  return `${howMany(keys, units)} (${list([...byName.keys()].sort(), most)})`;
}

function nameOf(unit: Unit): string {
  return unit.client !== undefined && unit.app !== undefined ? `${unit.client}/${unit.app}` : unit.name;
}

function withEnvironments(name: string, environments: ReadonlySet<Environment>): string {
  const words = ORDER.filter(environment => environments.has(environment)).map(environment => SHORT[environment]);
  const shown = words.filter(word => word !== '' && !name.split(/[^a-z0-9]+/i).includes(word));
  return shown.length === 0 ? name : `${name} ${shown.join(' + ')}`;
}

/** `12 production units`, `1 staging unit`, `8 units (5 production, 3 staging)`. */
export function howMany(keys: readonly string[], units: Units): string {
  const counts = ORDER.map(environment => {
    const number = keys.filter(key => (units.get(key)?.environment ?? 'unknown') === environment).length;
    return { environment, number };
  }).filter(({ number }) => number > 0);
  const [only] = counts;
  if (counts.length === 1 && only !== undefined) {
    return count(keys.length, only.environment === 'unknown' ? 'unit' : `${only.environment} unit`);
  }
  return `${count(keys.length, 'unit')} (${counts.map(({ environment, number }) => `${number} ${environment}`).join(', ')})`;
}
