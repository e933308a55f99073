import { shortDigest } from '../kustomize/helm.ts';
import { folderOf } from '../kustomize/paths.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import { at, equal, type MapNode, type Node, text } from '../yaml/node.ts';
import { argoDocuments, said } from './applications.ts';
import { documentsOf } from './evaluate-sets.ts';
import { kustomizationFiles } from './fact-index.ts';
import { isApplied } from './reach.ts';
import { kustomizationsNaming, type View } from './view.ts';

/** What `kustomize build` makes of a folder of one tree. */
export type Render = (folder: string) => Promise<Rendered>;

/** How what a file declares comes into the cluster. */
export interface Way {
  /** As it stands: nothing includes the file, or what does changes nothing in it. */
  readonly isPlain: boolean;
  /** The folders of the kustomizations that are applied by themselves and change it, or include one that does; sorted. */
  readonly overlays: readonly string[];
}

/** What is known of a kustomization's folder on the way, whatever Applications there are. */
export interface Step {
  readonly alters: boolean;
  readonly above: readonly string[];
}

/**
 * The ways of the files that are not simply what they say: sets that look at the tree, and what an overlay changes.
 *
 * @param steps Those of the same tree with other Applications.
 */
export function waysIn(view: View, steps = new Map<string, Step>()): Map<string, Way> {
  const applied = new Map<string, boolean>();
  const stepAt = (folder: string) => {
    const step = steps.get(folder) ?? { alters: alters(view, folder), above: kustomizationsNaming(view, folder) };
    steps.set(folder, step);
    const known = applied.get(folder) ?? isApplied(view, folder);
    applied.set(folder, known);
    return { ...step, isApplied: known };
  };
  const sets = new Set(view.index.marked('set'));
  const ways = [...new Set([...sets, ...filesInNamedFolders(view)])].map((file): [string, Way] => [
    file,
    wayUp(kustomizationsNaming(view, file), stepAt),
  ]);
  return new Map(ways.filter(([file, { overlays }]) => sets.has(file) || overlays.length > 0));
}

/** The files with Applications that a kustomization may name. Most repositories have a folder of thousands that none does. */
function filesInNamedFolders({ index, links }: View): string[] {
  const folders = new Map<string, boolean>();
  const isNamed = (folder: string) =>
    folder === '' ||
    kustomizationFiles(folder).some(file => index.facts(file) !== undefined) ||
    index.namingBelow(folder).length > 0;
  return index.marked('applications').filter(file => {
    if (links.length > 0) return true;
    const folder = folderOf(file);
    const known = folders.get(folder) ?? isNamed(folder);
    folders.set(folder, known);
    return known;
  });
}

function wayUp(folders: readonly string[], stepAt: (folder: string) => Step & { readonly isApplied: boolean }): Way {
  let isPlain = false;
  const overlays = new Set<string>();
  const seen = new Set<string>();
  const queue = folders.map(folder => ({ folder, isAltered: false }));
  for (const { folder, isAltered: isAlteredBelow } of queue) {
    const step = stepAt(folder);
    const isAltered = isAlteredBelow || step.alters;
    const key = `${isAltered} ${folder}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (step.isApplied && isAltered) overlays.add(folder);
    else if (step.isApplied) isPlain = true;
    for (const above of step.above) queue.push({ folder: above, isAltered });
  }
  return { isPlain: isPlain || overlays.size === 0, overlays: [...overlays].sort() };
}

function alters(view: View, folder: string): boolean {
  return kustomizationFiles(folder).some(file => {
    const facts = view.index.facts(file);
    return facts?.kind === 'kustomization' && facts.alters === true;
  });
}

/** The Applications and sets of a kustomization as it is built. */
export interface BuiltOverlay {
  /** By the file that each was declared in; undefined where kustomize would refuse the build. */
  readonly manifests: ReadonlyMap<string, BuiltManifests> | undefined;
  /** Every file that was read for it. */
  readonly files: ReadonlySet<string>;
}

/** What a kustomization makes of the Applications and sets of a file. */
export interface BuiltManifests {
  /** Of all that they say. */
  readonly digest: string;
  /** They say what the file says, generators aside. */
  readonly asInFile: boolean;
  /** Absent where the build is known from earlier. */
  readonly documents?: readonly MapNode[];
}

export async function buildOverlay(view: View, folder: string, render: Render): Promise<BuiltOverlay> {
  const { objects, problems, files } = await render(folder);
  if (problems.length > 0) return { manifests: undefined, files: new Set(files) };
  const documents = new Map<string, MapNode[]>();
  for (const root of argoManifests(objects.map(object => object.root))) {
    const { file } = root.span.source;
    documents.set(file, [...(documents.get(file) ?? []), root]);
  }
  const manifests = [...documents].map(async ([file, roots]): Promise<[string, BuiltManifests]> => {
    const originals = argoManifests((await documentsOf(view.tree, file)) ?? []);
    const asInFile = roots.every(root => originals.some(original => isSameManifest(original, root)));
    return [file, { digest: shortDigest(roots.map(said).join('\n')), asInFile, documents: roots }];
  });
  return { manifests: new Map(await Promise.all(manifests)), files: new Set(files) };
}

function argoManifests(documents: readonly Node[]): MapNode[] {
  return [...argoDocuments(documents, 'Application'), ...argoDocuments(documents, 'ApplicationSet')];
}

/** Whether two versions of a manifest or a set say the same of Applications, the generators of a set aside. */
function isSameManifest(a: MapNode, b: MapNode): boolean {
  if (text(a, 'kind') !== text(b, 'kind') || text(a, 'metadata', 'name') !== text(b, 'metadata', 'name')) return false;
  if (text(a, 'kind') === 'Application') return said(a) === said(b);
  return equal(at(a, 'spec', 'template'), at(b, 'spec', 'template'));
}
