import type { Tree } from '../git/tree.ts';
import { idKey, type KubeObject } from '../kubernetes/object.ts';
import { isNamespaced } from '../kubernetes/scope.ts';
import { resolvePath } from '../kustomize/paths.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { at, type MapNode, startOf } from '../yaml/node.ts';
import { directoryOf, valueFilesOf } from './applications.ts';
import { declarationOf } from './declaration.ts';
import { kustomizationFiles } from './fact-index.ts';
import { isExplicitDirectory } from './reach.ts';
import { chartGaps, filledIn, missingFolder, opaqueGaps, overrideGaps } from './source-gaps.ts';
import { mergedSource, sourceEdit } from './source-kustomize.ts';
import { strayValueGap } from './stray-values.ts';
import type { Application, ApplicationSource, Unit } from './unit.ts';

/** What a unit without objects applies. */
export const NOTHING: Rendered = { objects: [], gaps: [], problems: [], files: [] };

/**
 * What a unit applies at the side of `tree`, which `renderer` was made for. Folders of Terraform and files of versions
 * hold no objects. What lies in another repository or in a chart is a gap.
 */
export async function renderUnit(unit: Unit, renderer: Renderer, tree: Tree): Promise<Rendered> {
  const [folder = ''] = unit.folders;
  if (unit.application !== undefined) return renderApplication(unit.application, unit, renderer, tree);
  if (unit.kind === 'kustomization') return renderer.kustomization(folder);
  if (unit.kind === 'manifests') {
    const values = await strayValueGap(tree, unit);
    if (values !== undefined) return { ...NOTHING, gaps: [values], files: unit.files ?? [] };
    return renderer.manifests(unit.files ?? []);
  }
  if (unit.kind !== 'helm-chart') return NOTHING;
  return { ...NOTHING, gaps: await chartGaps(tree, folder, startOf(`${folder}/Chart.yaml`)) };
}

async function renderApplication(
  application: Application,
  { folders, sourceUncertain }: Unit,
  renderer: Renderer,
  tree: Tree,
): Promise<Rendered> {
  const declaration = await declarationOf(tree, application, renderer.kustomization);
  const nodes = declaration?.sources ?? [];
  const manifest = startOf(application.file);
  const parts = await Promise.all(
    application.sources.map(async (source, index) => {
      const node = nodes[index] ?? ({ kind: 'map', entries: new Map(), span: manifest } as const);
      const isNamed = source.path !== undefined && folders.includes(source.path);
      const isHere = isNamed && !(sourceUncertain && (await isMissing(tree, source.path ?? '')));
      if (!isHere) {
        const values = valueFilesOf(node, nodes).map(({ path }) => path);
        const gaps = opaqueGaps(source, node).map(gap => filledIn(tree, gap, values));
        return { ...NOTHING, gaps: await Promise.all(gaps), files: await present(tree, values) };
      }
      return renderSource(source, node, { application, renderer, tree, nodes });
    }),
  );
  const merged = mergeParts(parts);
  return {
    ...merged,
    objects: merged.objects.map(object => inNamespace(object, application.namespace)),
    ...(declaration === undefined ? {} : { manifest: declaration.manifest }),
  };
}

/** A path in the repository at which nothing stands. */
async function isMissing(tree: Tree, path: string): Promise<boolean> {
  return resolvePath('', path) !== undefined && (await tree.entry(path)) === undefined;
}

interface Context {
  readonly application: Application;
  readonly renderer: Renderer;
  readonly tree: Tree;
  readonly nodes: readonly MapNode[];
}

/** A source in this repository, by the tool that Argo CD finds for its folder. */
async function renderSource(source: ApplicationSource, node: MapNode, context: Context): Promise<Rendered> {
  const { application, renderer, tree, nodes } = context;
  const folder = source.path ?? '';
  const entry = await tree.entry(folder);
  if (entry?.mode !== 'directory') return { ...NOTHING, problems: [missingFolder(application, folder, node)] };
  const { node: merged, files } = await mergedSource(tree, application, folder, node);
  const directory = directoryOf(merged);
  const isDirectory = isExplicitDirectory({ directory });
  if (!isDirectory && (await hasAny(tree, kustomizationFiles(folder)))) {
    const { edit, gaps } = await sourceEdit(tree, application, source, merged);
    const rendered = await renderer.kustomization(folder, edit);
    const others = await overrideGaps(tree, application, folder, node, files);
    return { ...rendered, gaps: [...rendered.gaps, ...gaps, ...others], files: [...rendered.files, ...files] };
  }
  const chart = folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`;
  if (!isDirectory && (await hasAny(tree, [chart]))) {
    const overrides = await overrideGaps(tree, application, folder, node);
    const values = valueFilesOf(node, nodes).map(({ path }) => path);
    const gaps = [...(await chartGaps(tree, folder, node.span, values)), ...overrides];
    return { ...NOTHING, gaps, files: await present(tree, [chart.replace(/Chart\.yaml$/, 'values.yaml'), ...values]) };
  }
  const listed = await renderer.directory(folder, directory);
  const isPlain = at(merged, 'kustomize') === undefined;
  const overrides = await overrideGaps(tree, application, folder, node, isPlain ? files : undefined);
  const read = isPlain ? [...listed.files, ...files] : listed.files;
  return { ...listed, gaps: [...listed.gaps, ...overrides], files: read };
}

async function present(tree: Tree, files: readonly string[]): Promise<string[]> {
  const there = await Promise.all(files.map(async file => ((await tree.entry(file)) === undefined ? [] : [file])));
  return there.flat();
}

async function hasAny(tree: Tree, files: readonly string[]): Promise<boolean> {
  const entries = await Promise.all(files.map(file => tree.entry(file)));
  return entries.some(entry => entry !== undefined);
}

/** All sources as one. Of the same object in two of them Argo CD applies the later. */
function mergeParts(parts: readonly Rendered[]): Rendered {
  const objects = new Map(parts.flatMap(part => part.objects).map(object => [idKey(object.id), object]));
  return {
    objects: [...objects.values()],
    gaps: parts.flatMap(part => part.gaps),
    problems: parts.flatMap(part => part.problems),
    files: [...new Set(parts.flatMap(part => part.files))].sort(),
  };
}

/** Argo CD applies objects that name no namespace to the destination's. */
function inNamespace(object: KubeObject, namespace: string): KubeObject {
  const { id } = object;
  return id.namespace !== '' || namespace === '' || !isNamespaced(id.group, id.kind)
    ? object
    : { id: { ...id, namespace }, root: object.root };
}
