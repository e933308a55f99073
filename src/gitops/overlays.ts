import { shortDigest } from '../kustomize/helm.ts';
import { folderOf } from '../kustomize/paths.ts';
import { at, equal, type MapNode, type Node, text } from '../yaml/node.ts';
import { argoDocuments, said } from './applications.ts';
import { type Render, renderApplied } from './declaration.ts';
import { documentsOf } from './evaluate-sets.ts';
import { kustomizationFiles } from './fact-index.ts';
import { applicationsNaming, isApplied, isExplicitDirectory, parameterFiles } from './reach.ts';
import { type Application, type ApplicationSource, type AppliedFolder, placeOf } from './unit.ts';
import { applicationsAt, isHere, kustomizationsNaming, namesOfPath, type View } from './view.ts';

/** How what a file declares comes into the cluster. */
export interface Way {
  /** As it stands: nothing includes the file, or what does changes nothing in it. */
  readonly isPlain: boolean;
  /** The kustomizations that are applied by themselves and change it, or include one that does; sorted. */
  readonly overlays: readonly AppliedFolder[];
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
  const applied = new Map<string, Applied>();
  const stepAt = (folder: string) => {
    const step = steps.get(folder) ?? { alters: alters(view, folder), above: kustomizationsNaming(view, folder) };
    steps.set(folder, step);
    const known = applied.get(folder) ?? appliedAt(view, folder);
    applied.set(folder, known);
    return { ...step, ...known };
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

function wayUp(folders: readonly string[], stepAt: (folder: string) => Step & Applied): Way {
  let isPlain = false;
  const overlays = new Map<string, AppliedFolder>();
  const seen = new Set<string>();
  const queue = folders.map(folder => ({ folder, isAltered: false }));
  for (const { folder, isAltered: isAlteredBelow } of queue) {
    const step = stepAt(folder);
    const isAltered = isAlteredBelow || step.alters;
    const key = `${isAltered} ${folder}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (step.isApplied && isAltered) overlays.set(folder, { folder });
    else if (step.isApplied) isPlain = true;
    for (const changed of step.changed) overlays.set(keyOf(changed), changed);
    for (const above of step.above) queue.push({ folder: above, isAltered });
  }
  const sorted = [...overlays].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, overlay]) => overlay);
  return { isPlain: isPlain || sorted.length === 0, overlays: sorted };
}

/** How a kustomization's folder is applied. */
interface Applied {
  /** As it is built. */
  readonly isApplied: boolean;
  /** With what Applications put on top of it, or of a folder that has it as a component then. */
  readonly changed: readonly AppliedFolder[];
}

function appliedAt(view: View, folder: string): Applied {
  const paths = namesOfPath(view, folder);
  const deploying = applicationsAt(view, folder).flatMap(({ application }) =>
    application.sources
      .filter(source => paths.includes(source.path ?? '') && isHere(view, source))
      .map(source => ({ application, source, isChanged: isChanged(view, application, source) })),
  );
  const reading = applicationsNaming(view, folder).flatMap(application =>
    application.sources
      .filter(source => source.kustomize !== undefined && isHere(view, source))
      .map(source => ({ application, source, isChanged: true })),
  );
  const changed = [...deploying, ...reading]
    .filter(one => one.isChanged)
    .map(({ application, source }) => ({ folder: source.path ?? '', by: asFirstDeployed(application) }));
  return {
    isApplied: deploying.some(one => !one.isChanged) || (deploying.length === 0 && isApplied(view, folder)),
    changed,
  };
}

/** Whether what the Application puts on top of the folder may change what Applications in it say. */
function isChanged({ index }: View, application: Application, source: ApplicationSource): boolean {
  if (isExplicitDirectory(source)) return false;
  const beside = parameterFiles(application).map(name => (source.path === '' ? name : `${source.path}/${name}`));
  return source.kustomize !== undefined || beside.some(file => index.facts(file) !== undefined);
}

/** An Application that deploys itself, maybe through others, does so with what it says before that. */
function asFirstDeployed(application: Application): Application {
  const { name, file } = application;
  for (let above = application.overlay?.by; above !== undefined; above = above.overlay?.by) {
    if (above.name === name && above.file === file) return above;
  }
  return application;
}

/** What tells builds apart, also of one place before and after what is put on top of it differs. */
export function keyOf(applied: AppliedFolder): string {
  const { folder, by } = applied;
  return by === undefined ? folder : `${placeOf(applied)} ${shortDigest(JSON.stringify(by))}`;
}

/** Whether a kustomization on the way of the file into the cluster may change what it says. */
export function isAltered(view: View, file: string): boolean {
  const folders = new Set(kustomizationsNaming(view, file));
  for (const folder of folders) {
    if (alters(view, folder)) return true;
    for (const above of kustomizationsNaming(view, folder)) folders.add(above);
  }
  return false;
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

export async function buildOverlay(view: View, applied: AppliedFolder, render: Render): Promise<BuiltOverlay> {
  const { objects, problems, files } = await renderApplied(view.tree, applied, render);
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
