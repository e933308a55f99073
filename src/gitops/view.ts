import type { Config } from '../config/config.ts';
import type { Tree } from '../git/tree.ts';
import { folderOf, isWithin } from '../kustomize/paths.ts';
import type { DeclaredApplication } from './applications.ts';
import { type FactIndex, kustomizationFiles } from './fact-index.ts';
import { repositoryName } from './own-repository.ts';
import type { ApplicationSource } from './unit.ts';

/** A tree, and what its files mean. */
export interface View {
  readonly tree: Tree;
  readonly config: Config;
  readonly index: FactIndex;
  /** What its own Applications call this repository. */
  readonly repository: string | undefined;
  /** The symbolic links of the tree and where they lead, from the root. */
  readonly links: readonly (readonly [link: string, target: string])[];
}

export function linksIn(index: FactIndex): View['links'] {
  return index.marked('link').flatMap(link => {
    const facts = index.facts(link);
    return facts?.kind === 'link' ? [[link, facts.target] as const] : [];
  });
}

/** Whether the repository that an Application names is this one, by its name; where nothing tells, it is. */
export function isOwn(view: View, repoURL: string): boolean {
  const name = repositoryName(repoURL);
  return view.repository === undefined || name === '' || repoURL.includes('{{') || name === view.repository;
}

/** Whether the source is a folder of this repository. */
export function isHere(view: View, source: ApplicationSource): boolean {
  const { path, chart, repoURL } = source;
  if (path === undefined || chart !== undefined || !isOwn(view, repoURL)) return false;
  return view.repository !== undefined || !isClaimedTwice(view, path);
}

/**
 * Whether Applications have a folder of that name in more than one repository, so that it is that of one at most. Every
 * repository has a root.
 */
function isClaimedTwice(view: View, path: string): boolean {
  const paths = claimed.get(view) ?? new Map<string, boolean>();
  claimed.set(view, paths);
  const isTwice = paths.get(path) ?? countClaims(view, path) > 1;
  paths.set(path, isTwice);
  return isTwice;
}

/** Each Application of a folder asks for all of them. */
const claimed = new WeakMap<View, Map<string, boolean>>();

/** The number of repositories in which Applications have the folder. */
function countClaims(view: View, path: string): number {
  const claims = view.index
    .naming(path)
    .flatMap(file =>
      applicationsIn(view, file).flatMap(({ application }) =>
        application.sources.flatMap(source => (source.path === path ? repositoryName(source.repoURL) : [])),
      ),
    );
  return new Set(claims).size;
}

export function isKustomization(view: View, folder: string): boolean {
  return kustomizationFiles(folder).some(file => view.index.facts(file)?.kind === 'kustomization');
}

/** A Component is applied only as a part of a kustomization. */
export function isComponent(view: View, folder: string): boolean {
  return kustomizationFiles(folder).some(file => {
    const facts = view.index.facts(file);
    return facts?.kind === 'kustomization' && facts.component;
  });
}

export function isChart(view: View, folder: string): boolean {
  return view.index.facts(folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`)?.kind === 'chart';
}

/** The folders above the path, the nearest first and the root last. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = path; folder !== ''; folders.push(folder)) folder = folderOf(folder);
  return folders;
}

/** The Applications of a file. */
export function applicationsIn(view: View, file: string): readonly DeclaredApplication[] {
  const facts = view.index.facts(file);
  return facts?.kind === 'applications' ? facts.declared : [];
}

/** The Applications with a source at the folder. */
export function applicationsAt(view: View, folder: string): DeclaredApplication[] {
  const files = namesOfPath(view, folder).flatMap(path => view.index.naming(path).map(file => ({ path, file })));
  return files.flatMap(({ path, file }) =>
    applicationsIn(view, file).filter(({ application }) =>
      application.sources.some(source => source.path === path && isHere(view, source)),
    ),
  );
}

/** The folders of the kustomizations that name the path, or a generator or transformer that does. */
export function kustomizationsNaming(view: View, path: string): string[] {
  const folders: string[] = [];
  const paths = new Set([path]);
  for (const next of paths) {
    for (const file of namesOfPath(view, next).flatMap(name => view.index.naming(name))) {
      const kind = view.index.facts(file)?.kind;
      if (kind === 'kustomization') folders.push(folderOf(file));
      if (kind === 'plugin') paths.add(file);
    }
  }
  return folders;
}

/** As Linux: more links in one path are taken for a loop. */
const MAX_LINKS = 40;

/** The path, and the paths by which symbolic links lead to it. */
export function namesOfPath(view: View, path: string): string[] {
  const names = new Set([path]);
  for (const name of names) {
    for (const [link, target] of view.links) {
      if (isWithin(name, target) && names.size <= MAX_LINKS) names.add(link + name.slice(target.length));
    }
  }
  return [...names];
}
