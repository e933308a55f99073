import type { Config } from '../config/config.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { RepositoryMap } from './map.ts';
import { componentsOf, type Tracked, trackedVersions } from './tracked.ts';
import type { Unit } from './unit.ts';

/** What one side of a commit tells beyond the units that are looked at. */
export interface Surroundings {
  readonly tracked: Tracked;
}

export const NO_SURROUNDINGS: Surroundings = { tracked: { components: [], problems: [], versions: [] } };

/** Looks up what rules may ask of a side; `files` are those that the units in question are made from, on either side. */
export async function gatherSurroundings(
  map: RepositoryMap,
  files: ReadonlySet<string>,
  config: Config,
): Promise<Surroundings> {
  return { tracked: await trackedOf(map, files, config) };
}

/** The files that carry versions are read only where one of them, or the list itself, is in question. */
async function trackedOf(map: RepositoryMap, files: ReadonlySet<string>, config: Config): Promise<Tracked> {
  const list = await componentsOf(map.tree, config.versions);
  const asks =
    files.has(config.versions) || list.components.some(({ files: own }) => own.some(file => files.has(file.path.text)));
  return asks ? trackedVersions(map.tree, list) : { ...list, problems: [], versions: [] };
}

/** Every file that says something about the unit. */
export function filesOf(unit: Unit, rendered: Rendered | undefined): readonly string[] {
  const own = unit.kind === 'versions' ? unit.name : unit.application?.file;
  return [...(rendered?.files ?? []), ...(own === undefined ? [] : [own])];
}
