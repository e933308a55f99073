import { baseName, folderOf } from '../kustomize/paths.ts';
import { isKustomizationName, isManifestName, isTerraformName } from './facts.ts';
import { isScaffold } from './scaffold.ts';
import type { Application, ApplicationSource, Unit } from './unit.ts';
import { applicationUnit, folderUnit } from './units.ts';
import {
  applicationsAt,
  applicationsIn,
  foldersAbove,
  isChart,
  isComponent,
  isKustomization,
  isOwn,
  kustomizationsNaming,
  namesOfPath,
  type View,
} from './view.ts';

/** The units that a file is a part of, by what names it; plain manifests aside, whose content must be seen. */
export function unitsReached(view: View, path: string): Unit[] {
  const folders = kustomizationsReached(view, path);
  const units = [
    ...kustomizationUnits(view, folders),
    ...applicationsReading(view, path).map(application => applicationUnit(view, application)),
    ...folders.flatMap(folder =>
      applicationsNaming(view, folder).map(application => applicationUnit(view, application)),
    ),
    ...applicationsIn(view, path).map(({ application }) => applicationUnit(view, application)),
  ];
  const charts = foldersAbove(path).filter(folder => isChart(view, folder));
  const chart = charts.at(-1);
  const isApplied = charts.some(folder => applicationsAt(view, folder).length > 0) || folders.length > 0;
  if (chart !== undefined && !isApplied) units.push(folderUnit(view, 'helm-chart', chart));
  if (isTerraformName(path)) units.push(folderUnit(view, 'terraform', folderOf(path)));
  if (path === view.config.versions) units.push(folderUnit(view, 'versions', path, { folder: folderOf(path) }));
  return [...new Map(units.map(unit => [unit.key, unit])).values()];
}

/** The folders of the kustomizations that a file is a part of, through any number of others. */
function kustomizationsReached(view: View, path: string): string[] {
  const reached = new Set<string>();
  if (isKustomizationName(path)) reached.add(folderOf(path));
  for (const folder of namesOfPath(view, path).flatMap(name => kustomizationsThatRead(view, name))) reached.add(folder);
  for (const folder of reached) for (const above of kustomizationsNaming(view, folder)) reached.add(above);
  return [...reached];
}

/**
 * The kustomizations that read the file itself: those that name it, name a folder above it that is no kustomization
 * (a chart's), or name something below it, where it is a link or a submodule.
 */
function kustomizationsThatRead(view: View, path: string): string[] {
  const folders = foldersAbove(path).filter(folder => folder !== '' && !isKustomization(view, folder));
  const below = view.index.namingBelow(path).filter(isKustomizationName).map(folderOf);
  return [
    ...kustomizationsNaming(view, path),
    ...folders.flatMap(folder => kustomizationsNaming(view, folder)),
    ...below,
  ];
}

/** The units among kustomizations: those of Applications, and those that no other kustomization includes. */
function kustomizationUnits(view: View, folders: readonly string[]): Unit[] {
  const units = folders.flatMap(folder => unitsOfFolder(view, folder));
  // Kustomizations that include each other have no root. They cannot be built, which must come to light.
  const first = folders.find(folder => isAppliedAlone(view, folder));
  return units.length > 0 || first === undefined ? units : [folderUnit(view, 'kustomization', first)];
}

/** The units that a kustomization's folder is by itself. */
export function unitsOfFolder(view: View, folder: string): Unit[] {
  const applications = applicationsAt(view, folder);
  if (applications.length > 0) return applications.map(({ application }) => applicationUnit(view, application));
  return isApplied(view, folder) ? [folderUnit(view, 'kustomization', folder)] : [];
}

/** Whether a kustomization's folder is a unit by itself. */
export function isApplied(view: View, folder: string): boolean {
  if (applicationsAt(view, folder).length > 0) return true;
  return isAppliedAlone(view, folder) && kustomizationsNaming(view, folder).length === 0;
}

/**
 * Whether somebody may apply the kustomization as it is. One below the folder of an Application that does not include it
 * is a part of what was copied there and nobody deploys.
 */
function isAppliedAlone(view: View, folder: string): boolean {
  if (!isKustomization(view, folder) || isComponent(view, folder) || isScaffold(folder)) return false;
  const above = foldersAbove(folder).filter(outer => outer !== '' && isKustomization(view, outer));
  return above.every(outer => applicationsAt(view, outer).length === 0);
}

/** The Applications that read the path beside their folders: values, a patch or a component. */
export function applicationsNaming(view: View, path: string): Application[] {
  return namesOfPath(view, path).flatMap(name =>
    view.index
      .naming(name)
      .flatMap(file => applicationsIn(view, file))
      .filter(({ alsoReads }) => alsoReads.some(other => other.path === name && isOwn(view, other.repoURL)))
      .map(({ application }) => application),
  );
}

/** The Applications that read the file without a kustomization: as manifest, part of a chart, values or parameters. */
function applicationsReading(view: View, path: string): Application[] {
  const names = namesOfPath(view, path);
  const fromFolder = names.flatMap(name =>
    foldersAbove(name).flatMap(folder =>
      applicationsAt(view, folder).filter(({ application }) =>
        application.sources.some(source => source.path === folder && readsFile(view, application, source, name)),
      ),
    ),
  );
  return [...applicationsNaming(view, path), ...fromFolder.map(({ application }) => application)];
}

function readsFile(view: View, application: Application, source: ApplicationSource, path: string): boolean {
  const folder = source.path ?? '';
  if (folderOf(path) === folder && parameterFiles(application).includes(baseName(path))) return true;
  const isDirectory = isExplicitDirectory(source);
  if (isKustomization(view, folder) && !isDirectory) return false;
  if (isChart(view, folder) && !isDirectory) return true;
  // `include` and `exclude` are left to the rendering: a file that they leave out changes nothing there.
  const isRead = isManifestName(path) || path.endsWith('.jsonnet');
  return isRead && (source.directory.recurse || folderOf(path) === folder);
}

/** Whether the source says that it is plain manifests, whatever lies there (util/argo, NormalizeSource). */
export function isExplicitDirectory({ directory }: Pick<ApplicationSource, 'directory'>): boolean {
  return directory.recurse || directory.include !== undefined || directory.exclude !== undefined;
}

/**
 * Files in the folder of an Application that Argo CD merges over its source, in this order. Of the last two it reads
 * one, by whether the Application is in the namespace of Argo CD, which may be called anything; nobody has both.
 */
export function parameterFiles({ name, qualifiedName }: Application): string[] {
  const names = qualifiedName === undefined ? [name] : [name, qualifiedName];
  return ['.argocd-source.yaml', ...names.map(one => `.argocd-source-${one}.yaml`)];
}
