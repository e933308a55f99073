import type { Tree } from '../git/tree.ts';
import type { Unit } from './unit.ts';

/** The folder that holds all of a unit's client; undefined where the layout names none. */
export function clientFolder(unit: Unit | undefined): string | undefined {
  const segments = unit?.folders[0]?.split('/') ?? [];
  const place = unit?.client === undefined ? -1 : segments.indexOf(unit.client);
  return place < 0 ? undefined : segments.slice(0, place + 1).join('/');
}

/** The names of all clients that have a folder beside those of the units. */
export async function clientsBeside(tree: Tree, units: readonly Unit[]): Promise<ReadonlySet<string>> {
  const folders = units.flatMap(unit => clientFolder(unit) ?? []);
  const holders = new Set(folders.map(folder => folder.slice(0, Math.max(0, folder.lastIndexOf('/')))));
  const listed = await Promise.all([...holders].map(holder => tree.list(holder)));
  const entries = listed.flatMap(list => list ?? []).filter(({ mode }) => mode === 'directory');
  return new Set(entries.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
}
