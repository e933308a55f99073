import { ContentError, type Tree } from '../git/tree.ts';
import { folderOf } from '../kustomize/paths.ts';
import { decode } from '../yaml/decode.ts';
import { at, items, type Node, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { isKustomizationName, isManifestName } from './facts.ts';
import { isScaffold } from './scaffold.ts';
import type { Application, Unit } from './unit.ts';
import { folderUnit } from './units.ts';
import {
  applicationsAt,
  applicationsIn,
  foldersAbove,
  isChart,
  isKustomization,
  kustomizationsNaming,
  type View,
} from './view.ts';

/**
 * The unit of a file with Kubernetes objects that nothing in the repository applies, so somebody applies it by hand:
 * all such files of its folder. A file with Applications is a unit of its own, since folders of thousands are common
 * and Applications have nothing to do with each other.
 */
export async function plainManifests(view: View, path: string): Promise<Unit | undefined> {
  if (!isPlain(view, path)) return undefined;
  const folder = folderOf(path);
  if (applicationsIn(view, path).length > 0) {
    return folderUnit(view, 'manifests', path, { folder, files: [path] });
  }
  const unit = await manifestsOfFolder(view, folder);
  return unit?.files?.includes(path) ? unit : undefined;
}

/** What was found in the folders of a tree: each of many changed files asks for all that lie beside it. */
const known = new WeakMap<View, Map<string, Promise<Unit | undefined>>>();

/** The plain manifests of a folder; undefined where it has none. */
export function manifestsOfFolder(view: View, folder: string): Promise<Unit | undefined> {
  const folders = known.get(view) ?? new Map<string, Promise<Unit | undefined>>();
  known.set(view, folders);
  const found = folders.get(folder) ?? findManifests(view, folder);
  folders.set(folder, found);
  return found;
}

async function findManifests(view: View, folder: string): Promise<Unit | undefined> {
  const children = ((await view.tree.list(folder)) ?? []).map(child => child.path);
  const candidates = children.filter(path => isPlain(view, path) && applicationsIn(view, path).length === 0);
  const found = await Promise.all(candidates.map(async path => ((await holdsObjects(view.tree, path)) ? [path] : [])));
  const files = found.flat();
  if (files.length === 0) return undefined;
  const missedBy = applicationAbove(view, folder);
  return {
    ...folderUnit(view, 'manifests', folder, { folder, files }),
    ...(missedBy === undefined ? {} : { missedBy }),
  };
}

/**
 * No kustomization, chart or Application takes the file in, and it does not lie beside a kustomization, unused. Folders
 * with a dot are for tools that look there by themselves: `.github`, `.tekton`, tests.
 */
function isPlain(view: View, path: string): boolean {
  if (!isManifestName(path) || isKustomizationName(path) || /(?:^|\/)\.[^/]*\//.test(path)) return false;
  const folder = folderOf(path);
  if (isScaffold(folder) || isKustomization(view, folder) || kustomizationsNaming(view, path).length > 0) return false;
  return !foldersAbove(path).some(above => isChart(view, above) || isDirectoryOf(view, above, folder));
}

/** Whether an Application applies the files of `folder` as its directory source at `above`. */
function isDirectoryOf(view: View, above: string, folder: string): boolean {
  if (isKustomization(view, above)) return false;
  return applicationsAt(view, above).some(({ application }) =>
    application.sources.some(source => source.path === above && (source.directory.recurse || above === folder)),
  );
}

/** The Application whose directory source lies above the folder. One at the root is not meant to have all of it. */
function applicationAbove(view: View, folder: string): Application | undefined {
  for (const above of foldersAbove(folder).filter(path => path !== '')) {
    if (isKustomization(view, above) || isChart(view, above)) return undefined;
    const [first] = applicationsAt(view, above);
    if (first !== undefined) return first.application;
  }
  return undefined;
}

/** Whether kubectl finds an object in the file. Content that cannot be read or does not parse may hold one. */
export async function holdsObjects(tree: Tree, path: string): Promise<boolean> {
  const entry = await tree.entry(path);
  if (entry === undefined || entry.mode === 'directory' || entry.mode === 'submodule') return false;
  const bytes = await readOrUndefined(tree, entry);
  if (bytes === undefined) return true;
  const { source } = decode(path, bytes);
  const { documents, problems } = parse(source, 'kubectl');
  return documents.some(isObject) || (problems.length > 0 && /\bapiVersion\b/.test(source.text));
}

/** The content of a file; undefined where this clone does not have it. */
export async function readOrUndefined(tree: Tree, entry: Parameters<Tree['read']>[0]): Promise<Buffer | undefined> {
  try {
    return await tree.read(entry);
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}

function isObject(document: Node): boolean {
  const kind = text(document, 'kind');
  if (kind === undefined || text(document, 'apiVersion') === undefined) return false;
  return !kind.endsWith('List') || at(document, 'items') === undefined || items(at(document, 'items')).length > 0;
}
