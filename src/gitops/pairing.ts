import type { ChangedFile } from '../git/tree.ts';
import type { RepositoryMap } from './map.ts';
import type { Unit } from './unit.ts';

/** One unit on the sides of a commit on which it exists. */
export interface UnitPair {
  /** The side after the commit where there is one. */
  readonly unit: Unit;
  readonly before: Unit | undefined;
  readonly after: Unit | undefined;
}

/**
 * The units that the changed files reach on either side, each with its other side where it exists there, reached or
 * not. Sorted by key.
 */
export async function affectedUnits(
  before: RepositoryMap,
  after: RepositoryMap,
  files: readonly ChangedFile[],
): Promise<UnitPair[]> {
  const paths = files.map(file => file.path);
  const [overlaidBefore, overlaidAfter] = [before.overlaid(paths), after.overlaid(paths)];
  const old = await reachedBy(before, paths, unlike(overlaidBefore, overlaidAfter));
  const now = await reachedBy(after, paths, unlike(overlaidAfter, overlaidBefore));
  return pairUnits(
    [...old, ...(await counterparts(now, { of: after, on: before, known: old }))],
    [...now, ...(await counterparts(old, { of: before, on: after, known: now }))],
  );
}

/**
 * @param changed Applications that a kustomization changes. Their file is shared with other Applications, and may say the
 * same of them after the commit: then they are reached only by what they are built from.
 */
async function reachedBy(map: RepositoryMap, paths: readonly string[], changed: readonly Unit[]): Promise<Unit[]> {
  const units = new Map<string, Unit>(changed.map(unit => [unit.key, unit]));
  for (const path of paths) {
    for (const unit of await map.reaching(path)) {
      const isDeclaredThere = unit.application?.overlay !== undefined && unit.application.file === path;
      if (!isDeclaredThere) units.set(unit.key, unit);
    }
  }
  return [...units.values()];
}

/** The units that the other side has not, or has otherwise. As text, since what was kept has no undefined fields. */
function unlike(units: readonly Unit[], others: readonly Unit[]): Unit[] {
  const known = new Map(others.map(({ key, application }) => [key, JSON.stringify(application)]));
  return units.filter(({ key, application }) => known.get(key) !== JSON.stringify(application));
}

interface Sides {
  /** The side that the units are of. */
  readonly of: RepositoryMap;
  /** The side to look on. */
  readonly on: RepositoryMap;
  /** What is reached there already. */
  readonly known: readonly Unit[];
}

/** What the units of one side are on the other, where each is the other's counterpart. */
async function counterparts(units: readonly Unit[], { of, on, known }: Sides): Promise<Unit[]> {
  const found = new Map<string, Unit>();
  const has = (key: string) => found.has(key) || known.some(unit => unit.key === key);
  for (const unit of units) {
    const other = has(unit.key) ? undefined : await on.counterpart(unit);
    if (other === undefined || has(other.key)) continue;
    if ((await of.counterpart(other))?.key === unit.key) found.set(other.key, other);
  }
  return [...found.values()];
}

/**
 * Pairs the units of both sides by key. A folder that an Application takes over or lets go in the commit is one unit all
 * the same: what is left pairs by its folder, so that objects that stay are not taken for removed and added.
 */
function pairUnits(before: readonly Unit[], after: readonly Unit[]): UnitPair[] {
  const old = new Map(before.map(unit => [unit.key, unit]));
  const pairs: UnitPair[] = [];
  const unpaired: Unit[] = [];
  for (const unit of after) {
    const same = old.get(unit.key);
    if (same === undefined) unpaired.push(unit);
    else pairs.push({ unit, before: same, after: unit });
    old.delete(unit.key);
  }
  for (const unit of unpaired) {
    const same = [...old.values()].find(candidate => isSameFolder(candidate, unit));
    if (same !== undefined) old.delete(same.key);
    if (same !== undefined && isLetGo(same, unit, after)) pairs.push({ unit: same, before: same, after: undefined });
    else pairs.push({ unit, before: same, after: unit });
  }
  for (const unit of old.values()) pairs.push({ unit, before: unit, after: undefined });
  return pairs.sort((a, b) => (a.unit.key < b.unit.key ? -1 : 1));
}

/** An ApplicationSet that still makes others no longer makes this one: then nothing applies the folder any more. */
function isLetGo({ application }: Unit, now: Unit, after: readonly Unit[]): boolean {
  if (application?.set === undefined || now.application !== undefined) return false;
  return after.some(unit => unit.application?.set === application.set);
}

const RENDERED: readonly Unit['kind'][] = ['application', 'kustomization', 'manifests', 'helm-chart'];

function isSameFolder(a: Unit, b: Unit): boolean {
  const isRendered = RENDERED.includes(a.kind) && RENDERED.includes(b.kind);
  return isRendered && a.folders[0] !== undefined && a.folders[0] === b.folders[0];
}
