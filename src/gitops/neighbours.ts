import { folderOf } from '../kustomize/paths.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import type { RepositoryMap } from './map.ts';
import { renderUnit } from './render-unit.ts';
import type { LookedAt } from './surroundings.ts';
import { placeOf, type Unit } from './unit.ts';

/**
 * What an Application has in common with all others that write to its cluster; undefined where that cannot be told.
 * Repositories for several clusters call each of them `in-cluster`, which only the Argo CD that runs there knows, so then
 * their manifests have to lie side by side, or be applied by one kustomization.
 */
export function clusterOf({ application }: Unit): string | undefined {
  if (application === undefined || application.cluster === '') return undefined;
  const { cluster, file, overlay } = application;
  return cluster === 'in-cluster'
    ? JSON.stringify([cluster, overlay === undefined ? folderOf(file) : placeOf(overlay)])
    : cluster;
}

/** Whether two Applications write to one cluster, as far as can be told. */
export function shareCluster(a: Unit, b: Unit): boolean {
  const cluster = clusterOf(a);
  return cluster !== undefined && cluster === clusterOf(b);
}

/**
 * The Applications beside some units that may have what these get anew: of the same cluster, and with the namespace or
 * the client in common. Renders them, so it is asked only where something is new.
 *
 * @param known Keys of the units that are looked at anyway.
 */
export async function neighboursOf(
  units: readonly Unit[],
  known: ReadonlySet<string>,
  { map, renderer }: { readonly map: RepositoryMap; readonly renderer: Renderer },
): Promise<readonly LookedAt[]> {
  const near = map
    .applications()
    .filter(unit => !known.has(unit.key) && units.some(other => shareCluster(unit, other) && shareWork(unit, other)));
  return Promise.all(near.map(async unit => ({ unit, rendered: await renderUnit(unit, renderer, map.tree) })));
}

function shareWork(a: Unit, b: Unit): boolean {
  const namespace = a.application?.namespace ?? '';
  if (namespace !== '' && namespace === b.application?.namespace) return true;
  return a.client !== undefined && a.client === b.client;
}
