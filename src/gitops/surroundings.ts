import type { Config } from '../config/config.ts';
import { idKey } from '../kubernetes/object.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import { type MapNode, text } from '../yaml/node.ts';
import { clientsBeside } from './clients.ts';
import type { RepositoryMap } from './map.ts';
import { isAsMade, isLender, withLent } from './projects.ts';
import { componentsOf, type Tracked, trackedVersions } from './tracked.ts';
import type { Unit } from './unit.ts';

/** What one side of a commit tells beyond the units that are looked at. */
export interface Surroundings {
  readonly tracked: Tracked;
  /** What each unit that is looked at has there: keys of its objects by the unit's key. */
  readonly standing: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * The AppProjects that are declared here, by name: several where each cluster has its own, none where a kustomization
   * may change one of them.
   */
  readonly projects: ReadonlyMap<string, readonly MapNode[]>;
  /** The namespaces that Applications have for their destination, looked up when asked. */
  readonly destinations: () => ReadonlySet<string>;
  /** The names of the clients whose folders lie where those of the units do. */
  readonly clients: ReadonlySet<string>;
}

export const NO_SURROUNDINGS: Surroundings = {
  tracked: { components: [], problems: [], versions: [] },
  standing: new Map(),
  projects: new Map(),
  destinations: () => new Set(),
  clients: new Set(),
};

/** A unit as it stands on the side. */
export interface LookedAt {
  readonly unit: Unit;
  readonly rendered: Rendered;
}

/** Looks up what rules may ask of a side. What only some files can change is read where `isAsked` has one of them. */
export async function gatherSurroundings(
  map: RepositoryMap,
  units: readonly LookedAt[],
  config: Config,
  isAsked: (path: string) => boolean,
): Promise<Surroundings> {
  const standing = units.map(
    ({ unit, rendered }) => [unit.key, new Set(rendered.objects.map(object => idKey(object.id)))] as const,
  );
  const [tracked, projects, clients] = await Promise.all([
    trackedOf(map, config, isAsked),
    projectsOf(map, units),
    clientsBeside(
      map.tree,
      units.map(({ unit }) => unit),
    ),
  ]);
  const destinations = () => new Set(map.applications().map(({ application }) => application?.namespace ?? ''));
  return { tracked, standing: new Map(standing), projects, destinations, clients };
}

async function trackedOf(map: RepositoryMap, config: Config, isAsked: (path: string) => boolean): Promise<Tracked> {
  const list = await componentsOf(map.tree, config.versions);
  const asks =
    isAsked(config.versions) || list.components.some(({ files }) => files.some(file => isAsked(file.path.text)));
  return asks ? trackedVersions(map.tree, list) : { ...list, problems: [], versions: [] };
}

async function projectsOf(map: RepositoryMap, units: readonly LookedAt[]): Promise<Map<string, MapNode[]>> {
  const found = new Map<string, MapNode[]>();
  if (!units.some(({ unit }) => unit.application !== undefined)) return found;
  const projects = (await map.projects()).filter(({ manifest }) => !isAsMade(manifest));
  const lenders = projects.flatMap(({ manifest }) => (isLender(manifest) ? manifest : []));
  const nameOf = (project: MapNode) => text(project, 'metadata', 'name') ?? '';
  for (const { manifest } of projects) {
    found.set(nameOf(manifest), [...(found.get(nameOf(manifest)) ?? []), withLent(manifest, lenders)]);
  }
  for (const { manifest, isAltered } of projects) if (isAltered) found.delete(nameOf(manifest));
  return found;
}
