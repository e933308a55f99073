import type { Tree } from '../git/tree.ts';
import { parse } from '../yaml/parse.ts';
import { type ComponentList, readComponents, type TrackedComponent, type TrackedFile } from './components.ts';
import { readSources } from './read-sources.ts';
import { findVersion, type VersionPlace } from './version-places.ts';

/** A file that is said to carry a component's version, and what it says. */
export interface TrackedVersion {
  readonly component: TrackedComponent;
  readonly file: TrackedFile;
  /** `missing`: nothing stands at the path. `unread`: a folder, or content that is not in the clone. */
  readonly place: VersionPlace | { readonly state: 'missing' | 'unread' };
}

export interface Tracked extends ComponentList {
  readonly versions: readonly TrackedVersion[];
}

/** The components of a list, and what the files that they name say. */
export async function trackedVersions(tree: Tree, list: ComponentList): Promise<Tracked> {
  const pairs = list.components.flatMap(component => component.files.map(file => ({ component, file })));
  const versions = pairs.map(async ({ component, file }) => ({
    component,
    file,
    place: await placeIn(tree, component, file),
  }));
  return { ...list, versions: await Promise.all(versions) };
}

/** The list of a tree; empty where it has none. */
export async function componentsOf(tree: Tree, path: string): Promise<ComponentList> {
  const { sources } = await readSources(tree, [path]);
  const lists = sources.flatMap(source => parse(source, 'kubectl').documents.map(readComponents));
  return {
    components: lists.flatMap(list => list.components),
    problems: lists.flatMap(list => list.problems),
  };
}

async function placeIn(tree: Tree, component: TrackedComponent, file: TrackedFile): Promise<TrackedVersion['place']> {
  const path = file.path.text;
  if ((await tree.entry(path)) === undefined) return { state: /[*?{]/.test(path) ? 'unread' : 'missing' };
  const [source] = (await readSources(tree, [path])).sources;
  return source === undefined ? { state: 'unread' } : findVersion(component, file, source);
}
