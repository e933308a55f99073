import type { Tree } from '../git/tree.ts';
import { canonicalJson } from '../kustomize/helm.ts';
import { resolvePath } from '../kustomize/paths.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { at, items, type MapNode, type Node, text, toJson } from '../yaml/node.ts';
import { instantiate } from './application-sets.ts';
import { argoDocuments, type Declaration, declarationIn, sourceNodes } from './applications.ts';
import { documentsOf, looking } from './evaluate-sets.ts';
import { kustomizationFiles } from './fact-index.ts';
import { parameterFiles } from './reach.ts';
import { mergedSource, sourceEdit } from './source-kustomize.ts';
import { type Application, type AppliedFolder, placeOf } from './unit.ts';

/** What `kustomize build` makes of a folder of one tree. */
export type Render = Renderer['kustomization'];

/**
 * An Application, or the template of its set, and its sources with the parameters of the set put in: as its file has it,
 * or as the kustomization makes it that changes it.
 */
export async function declarationOf(
  tree: Tree,
  application: Application,
  render: Render,
): Promise<Declaration | undefined> {
  const { file, overlay, set, name } = application;
  const asInFile = (await documentsOf(tree, file)) ?? [];
  const changed = async () =>
    overlay === undefined ? asInFile : rootsOf(await renderApplied(tree, overlay, render), file);
  const isChanged = overlay !== undefined && overlay.asInFile !== true;
  const declaration = declarationIn(isChanged ? await changed() : asInFile, application);
  if (set === undefined || !declaration?.sources.some(isTemplated)) return declaration;
  const place = JSON.stringify([overlay && placeOf(overlay), file]);
  const made = (await instancesIn(tree, place, await changed())).find(one => text(one, 'metadata', 'name') === name);
  return made === undefined ? declaration : { ...declaration, sources: sourceNodes(at(made, 'spec')) };
}

/**
 * What is applied of a folder, with what the Application that deploys it puts on top. `files` are also those that may
 * come to be read.
 */
export async function renderApplied(tree: Tree, { folder, by }: AppliedFolder, render: Render): Promise<Rendered> {
  if (by === undefined) return render(folder);
  const declaration = await declarationOf(tree, by, render);
  const index = by.sources.findIndex(source => source.path === folder);
  const [source, node] = [by.sources[index], declaration?.sources[index]];
  if (source === undefined || node === undefined) return render(folder);
  const { node: merged } = await mergedSource(tree, by, folder, node);
  const { edit } = await sourceEdit(tree, by, source, merged);
  const rendered = await render(folder, edit);
  const components = items(at(merged, 'kustomize', 'components')).flatMap(item => {
    const path = resolvePath(folder, text(item) ?? '');
    return path === undefined ? [] : kustomizationFiles(path);
  });
  const beside = parameterFiles(by).map(name => (folder === '' ? name : `${folder}/${name}`));
  const above = by.overlay === undefined ? [] : (await renderApplied(tree, by.overlay, render)).files;
  return { ...rendered, files: [...rendered.files, ...components, ...beside, by.file, ...above] };
}

function rootsOf({ objects }: Rendered, file: string): MapNode[] {
  return objects.map(({ root }) => root).filter(root => root.span.source.file === file);
}

/** Whether what Argo CD puts on top of the folder has parameters in it. */
function isTemplated(source: MapNode): boolean {
  const kustomize = at(source, 'kustomize');
  return kustomize !== undefined && canonicalJson(toJson(kustomize)).includes('{{');
}

/** What the sets of a place make of a tree: the same for each of their Applications, of which there may be thousands. */
const instances = new WeakMap<Tree, Map<string, Promise<MapNode[]>>>();

function instancesIn(tree: Tree, place: string, documents: readonly Node[]): Promise<MapNode[]> {
  const known = instances.get(tree) ?? new Map<string, Promise<MapNode[]>>();
  instances.set(tree, known);
  const sets = argoDocuments(documents, 'ApplicationSet');
  const anyRepository = () => true;
  const made =
    known.get(place) ?? looking(tree, anyRepository, look => sets.flatMap(set => instantiate(set, look).manifests));
  known.set(place, made);
  return made;
}
