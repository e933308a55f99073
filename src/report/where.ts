import { type Environment, placeOf, type Unit } from '../gitops/unit.ts';
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

/** Names that are told one by one. */
const MOST = 3;

/**
 * Units as people call them: `acme/shop staging + prod`, `apps/web/{dev, stage}`; where there are many, how many
 * of which environment and where they lie, or a few of their names. A key that is no unit stands for itself.
 */
export function where(keys: readonly string[], units: Units): string {
  const byName = new Map<string, Set<Environment>>();
  for (const key of keys) {
    const unit = units.get(key);
    const name = unit === undefined ? key : nameOf(unit);
    const environments = byName.get(name) ?? new Set();
    byName.set(name, environments.add(unit?.environment ?? 'unknown'));
  }
  const names = [...byName.keys()].sort();
  const folder = commonFolder(names);
  if (names.length > MOST) {
    if (folder !== '') return `${howMany(keys, units)} in ${folder}`;
    const kinds = new Set(keys.map(key => units.get(key)?.environment ?? 'unknown'));
    return `${kinds.size === 1 ? howMany(keys, units) : count(keys.length, 'unit')} (${list(names, MOST)})`;
  }
  const labels = names.map(name => {
    return environmentLabel(name, byName.get(name) ?? new Set()) + overlaysLabel(keys, name, units);
  });
  if (folder === '') return names.map((name, i) => `${name}${labels[i]}`).join(', ');
  const shared = new Set(labels).size === 1;
  const inFolder = names.map((name, i) => `${name.slice(folder.length + 1)}${shared ? '' : labels[i]}`);
  return `${folder}/{${inFolder.join(', ')}}${shared ? labels[0] : ''}`;
}

function nameOf(unit: Unit): string {
  return unit.client !== undefined && unit.app !== undefined ? `${unit.client}/${unit.app}` : unit.name;
}

/** The folder that all names lie in; '' where there is none, and for a single name. */
function commonFolder(names: readonly string[]): string {
  const [first, ...rest] = names.map(name => name.split('/').slice(0, -1));
  if (first === undefined || rest.length === 0) return '';
  const differs = first.findIndex((step, i) => rest.some(steps => steps[i] !== step));
  return first.slice(0, differs < 0 ? first.length : differs).join('/');
}

/** ` staging + prod`, without the one environment that the name says itself. */
function environmentLabel(name: string, environments: ReadonlySet<Environment>): string {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const known = ORDER.filter(environment => environment !== 'unknown' && environments.has(environment));
  const said = environments.size === 1 && known.some(one => words.includes(one) || words.includes(SHORT[one]));
  return known.length === 0 || said ? '' : ` ${known.map(environment => SHORT[environment]).join(' + ')}`;
}

/** ` (3 overlays)` where several kustomizations make Applications of the name, whose environments may not all be known. */
function overlaysLabel(keys: readonly string[], name: string, units: Units): string {
  const own = keys.flatMap(key => units.get(key) ?? []).filter(unit => nameOf(unit) === name);
  const overlays = new Set(
    own.flatMap(({ application }) => (application?.overlay === undefined ? [] : placeOf(application.overlay))),
  );
  return overlays.size > 1 ? ` (${overlays.size} overlays)` : '';
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
  const known = counts.filter(({ environment }) => environment !== 'unknown');
  const told = known.map(({ environment, number }) => `${number} ${environment}`).join(', ');
  return `${count(keys.length, 'unit')} (${told})`;
}
