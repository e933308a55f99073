import { baseName, folderOf } from '../kustomize/paths.ts';
import { clientOf, environmentOf } from './environments.ts';
import { type Application, placeOf, type Unit } from './unit.ts';
import { isHere, type View } from './view.ts';

/**
 * The unit of an Application. Where several have its name, the file of its manifest tells them apart, or the
 * kustomization that changes the manifest.
 */
export function applicationUnit(view: View, application: Application): Unit {
  const { name, namespace } = application;
  const folders = [
    ...new Set(application.sources.flatMap(source => (isHere(view, source) ? (source.path ?? []) : []))),
  ];
  return {
    key: applicationKey(view, application),
    kind: 'application',
    name,
    folders,
    application,
    ...(view.repository === undefined ? { sourceUncertain: true } : {}),
    environment: environmentOf({ name, folders, file: wordsOfPlace(application), namespace }, view.config.environments),
    ...clientOf(folders[0] ?? '', view.config.environments),
  };
}

/** A path with all that may tell the environment of an Application by where it comes from, the closest last. */
function wordsOfPlace({ file, overlay }: Application): string {
  if (overlay === undefined) return file;
  const { folder, by } = overlay;
  const above = by === undefined ? [] : [folderOf(wordsOfPlace(by)), by.name];
  return [...above, folder, 'kustomization.yaml'].join('/');
}

function applicationKey(view: View, { name, file, overlay }: Application): string {
  if (overlay !== undefined) return `app:${name}@${placeOf(overlay)}`;
  const files = view.index.named(name);
  return files.length > 1 ? `app:${name}@${file}` : `app:${name}`;
}

const PREFIXES = {
  kustomization: 'dir',
  manifests: 'manifests',
  'helm-chart': 'chart',
  terraform: 'terraform',
  versions: 'versions',
} as const;

/** The unit of a folder that no Application names, or, for versions and plain manifests, of files in it. */
export function folderUnit(
  view: View,
  kind: keyof typeof PREFIXES,
  path: string,
  place: { readonly folder: string; readonly files?: readonly string[] } = { folder: path },
): Unit {
  const words = view.config.environments;
  const folders = [place.folder];
  const name = path === '' ? '.' : path;
  return {
    key: `${PREFIXES[kind]}:${path}`,
    kind,
    name,
    folders,
    ...(place.files === undefined ? {} : { files: place.files }),
    application: undefined,
    environment: environmentOf({ name: baseName(path), folders, file: undefined, namespace: undefined }, words),
    ...clientOf(place.folder, words),
  };
}
