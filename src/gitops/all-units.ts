import { folderOf } from '../kustomize/paths.ts';
import { type FileFacts, isManifestName } from './facts.ts';
import { plainManifests } from './manifests.ts';
import { unitsReached } from './reach.ts';
import type { Unit } from './unit.ts';
import { applicationsIn, type View } from './view.ts';

const KINDS: readonly FileFacts['kind'][] = ['kustomization', 'applications', 'chart', 'terraform'];

/** Every unit of the tree. Reads the manifests that no kustomization and no Application takes in. */
export async function allUnits(view: View): Promise<Unit[]> {
  const meaningful = KINDS.flatMap(kind => view.index.files('', kind));
  const units = meaningful.flatMap(file => unitsReached(view, file));
  const versions = (await view.tree.entry(view.config.versions)) === undefined ? [] : [view.config.versions];
  return [...units, ...versions.flatMap(file => unitsReached(view, file)), ...(await plainUnits(view))];
}

/** A folder's plain manifests are looked at until its unit is found, which holds all of them. */
async function plainUnits(view: View): Promise<Unit[]> {
  const units: Unit[] = [];
  const done = new Set<string>();
  for (const { path } of await view.tree.files()) {
    if (!isManifestName(path) || (done.has(folderOf(path)) && applicationsIn(view, path).length === 0)) continue;
    const unit = await plainManifests(view, path);
    if (unit === undefined) continue;
    units.push(unit);
    if (unit.files?.length !== 1 || unit.name !== path) done.add(folderOf(path));
  }
  return units;
}
