import { folderOf } from '../kustomize/paths.ts';
import { foldersInEnvironment, namesInEnvironment } from './environments.ts';
import { manifestsOfFolder, plainManifests } from './manifests.ts';
import { unitsOfFolder } from './reach.ts';
import { type Application, type Environment, placeOf, type Unit } from './unit.ts';
import { applicationUnit, folderUnit } from './units.ts';
import { applicationsIn, isChart, isKustomization, type View } from './view.ts';

/** What a unit of another tree is in this one: by its key, by its Application's name, or by its folder. */
export async function counterpart(view: View, unit: Unit): Promise<Unit | undefined> {
  const folder = unit.folders[0];
  const named = unit.application === undefined ? [] : applicationUnits(view, unit.application.name);
  const same =
    named.find(candidate => isSamePlace(candidate, unit)) ??
    named.find(candidate => candidate.key === unit.key) ??
    (named.length === 1 ? named[0] : undefined);
  if (same !== undefined) return same;
  if (folder === undefined) return undefined;
  if (unit.kind === 'terraform' || unit.kind === 'versions') return (await isThere(view, unit)) ? unit : undefined;
  return atFolder(view, folder) ?? (await firstPlain(view, unit.files)) ?? manifestsOfFolder(view, folder);
}

function isSamePlace({ application: a }: Unit, { application: b }: Unit): boolean {
  const place = ({ overlay }: Application) => overlay && placeOf(overlay);
  return a !== undefined && b !== undefined && a.file === b.file && place(a) === place(b);
}

/** Whether the folder of Terraform, or the file of versions, is in the tree. */
export async function isThere(view: View, { kind, name, folders }: Unit): Promise<boolean> {
  return (await view.tree.entry(kind === 'versions' ? name : (folders[0] ?? ''))) !== undefined;
}

function applicationUnits(view: View, name: string): Unit[] {
  return view.index
    .named(name)
    .flatMap(file => applicationsIn(view, file))
    .filter(({ application }) => application.name === name)
    .map(({ application }) => applicationUnit(view, application));
}

/** The unit of a folder: a kustomization even where another one includes it by now. */
function atFolder(view: View, folder: string): Unit | undefined {
  const [first] = unitsOfFolder(view, folder);
  if (first !== undefined && (first.kind === 'application' || isKustomization(view, folder))) return first;
  if (isKustomization(view, folder)) return folderUnit(view, 'kustomization', folder);
  return isChart(view, folder) ? folderUnit(view, 'helm-chart', folder) : undefined;
}

async function firstPlain(view: View, files: readonly string[] = []): Promise<Unit | undefined> {
  for (const file of files) {
    const unit = await plainManifests(view, file);
    if (unit !== undefined) return unit;
  }
  return undefined;
}

/** The units that are this one in another environment: by folder, by name, or by client and application. */
export function siblings(view: View, unit: Unit, environment: Environment): Unit[] {
  const words = view.config.environments;
  const byFolder = unit.folders.flatMap(folder => foldersInEnvironment(folder, environment, words));
  const byName = unit.application === undefined ? [] : namesInEnvironment(unit.name, environment, words);
  const candidates = [
    ...byFolder.flatMap(folder => unitsOfFolder(view, folder)),
    ...byName.flatMap(name => applicationUnits(view, name)),
    ...sameClient(view, unit),
  ];
  const found = inEnvironment(candidates, unit, environment);
  return found.length > 0 ? found : inEnvironment(elsewhere(view, unit, environment), unit, environment);
}

function inEnvironment(candidates: readonly Unit[], unit: Unit, environment: Environment): Unit[] {
  const found = candidates.filter(candidate => candidate.environment === environment && candidate.key !== unit.key);
  return [...new Map(found.map(candidate => [candidate.key, candidate])).values()];
}

/** Clusters of one environment that are looked at for one of another. */
const MOST_CLUSTERS = 8;

/** Where each environment has folders of its own clusters: `shop/production/eu-1`, `shop/staging/test-1`. */
function elsewhere(view: View, { folders }: Unit, environment: Environment): Unit[] {
  const environments = folders
    .map(folderOf)
    .flatMap(parent =>
      foldersInEnvironment(parent, environment, view.config.environments).filter(
        other => folderOf(other) === folderOf(parent),
      ),
    );
  const kustomizations = environments.flatMap(folder => view.index.files(folder, 'kustomization'));
  return [...new Set(kustomizations.map(folderOf))]
    .slice(0, MOST_CLUSTERS)
    .flatMap(folder => unitsOfFolder(view, folder));
}

/** The units of the same application of the same client. */
function sameClient(view: View, { client, app, folders }: Unit): Unit[] {
  const segments = folders[0]?.split('/') ?? [];
  const at = client === undefined ? -1 : segments.indexOf(client);
  if (at < 0) return [];
  const folder = segments.slice(0, at + 1).join('/');
  const kustomizations = view.index.files(folder, 'kustomization').map(file => file.slice(0, file.lastIndexOf('/')));
  return kustomizations
    .flatMap(at => unitsOfFolder(view, at))
    .filter(unit => unit.client === client && unit.app === app);
}
