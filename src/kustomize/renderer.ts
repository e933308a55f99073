import type { Tree } from '../git/tree.ts';
import { type KubeObject, objectOf } from '../kubernetes/object.ts';
import { at, startOf } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { accumulateRoot, type Build } from './accumulate.ts';
import { type Accumulation, isIncomplete, refuseSame } from './accumulation.ts';
import { Budget, TooLarge } from './budget.ts';
import { addManagedBy, removeInternal, trackingOf } from './build-metadata.ts';
import { hasSchema } from './configure.ts';
import { contentOf } from './content.ts';
import { isLayer, type KustomizationEdit, type Layer, loadLayer, type NoLayer } from './layer.ts';
import { addHashes } from './name-hash.ts';
import { fixNameReferences } from './name-reference.ts';
import { inOrder } from './order.ts';
import { type DirectoryOptions, renderDirectory, renderManifests } from './plain.ts';
import type { Rendered } from './rendered.ts';
import { isLocalConfig, label, type Resource } from './resource.ts';
import { SharedBuilds } from './shared-builds.ts';
import type { Files } from './target.ts';
import { textMetadata } from './text-metadata.ts';
import { resolveVars } from './vars.ts';

/** Folders that one build may consist of. */
const MAX_FOLDERS = 1_000;

/** Renders what a tree's folders deploy. What is read and built once is kept for the renderer's life. */
export interface Renderer {
  /** What `kustomize build` makes of a folder, from the repository alone, once its kustomization is edited. */
  kustomization(folder: string, edit?: KustomizationEdit): Promise<Rendered>;
  /** What Argo CD applies of a folder of plain manifests. */
  directory(folder: string, options: DirectoryOptions): Promise<Rendered>;
  /** The objects of these files, in their order. */
  manifests(files: readonly string[]): Promise<Rendered>;
}

interface Options extends Partial<Pick<Files, 'readsAnyFolder'>> {
  /** For the renderers of trees that have most files in common. */
  readonly shared?: SharedBuilds | undefined;
}

export function createRenderer(tree: Tree, options: Options = {}): Renderer {
  const { shared = new SharedBuilds(), readsAnyFolder = async () => false } = options;
  const files = { tree, readsAnyFolder };
  const loading = new Map<string, Promise<Layer | NoLayer>>();
  const rendering = new Map<string, Promise<Rendered>>();
  const contents = new Map<string, string>();
  const render = async (folder: string, edit: KustomizationEdit | undefined): Promise<Rendered> => {
    const start = (await tree.entry(folder))?.path ?? folder;
    // An edited folder is another one, so nothing that is known of it by its path holds.
    const own = edit === undefined ? loading : new Map(loading).set(start, loadLayer(files, start, edit));
    const layers = await loadAll(files, start, own);
    const schema = [...layers.values()].some(layer => isLayer(layer) && hasSchema(layer))
      ? { isSet: false, shapes: undefined }
      : undefined;
    const known = edit === undefined ? contents : new Map<string, string>();
    const root = layers.get(start);
    const tracking = root !== undefined && isLayer(root) ? trackingOf(root) : undefined;
    return renderOnce({ visits: 0, budget: new Budget(), shared, layers, contents: known, schema, tracking }, start);
  };
  return {
    kustomization: (folder, edit) => {
      const key = edit === undefined ? folder : `${folder}\n${edit.key}`;
      const promise = rendering.get(key) ?? render(folder, edit).finally(() => rendering.delete(key));
      rendering.set(key, promise);
      return promise;
    },
    directory: (folder, options) => renderDirectory(tree, folder, options),
    manifests: files => renderManifests(tree, files),
  };
}

/** The layers of a folder and of all that it reaches, each loaded once. */
async function loadAll(
  files: Files,
  start: string,
  loading: Map<string, Promise<Layer | NoLayer>>,
): Promise<Map<string, Layer | NoLayer>> {
  const layers = new Map<string, Layer | NoLayer>();
  let frontier = [start];
  while (frontier.length > 0) {
    const loaded = await Promise.all(
      frontier.map(folder => {
        const promise = loading.get(folder) ?? loadLayer(files, folder);
        loading.set(folder, promise);
        return promise;
      }),
    );
    const next = new Set<string>();
    for (const [i, layer] of loaded.entries()) {
      layers.set(frontier[i] ?? layer.folder, layer);
      if (!isLayer(layer)) continue;
      for (const target of layer.targets.values()) if (target.kind === 'folder') next.add(target.folder);
    }
    frontier = [...next].filter(folder => !layers.has(folder)).slice(0, MAX_FOLDERS - layers.size);
  }
  return layers;
}

function renderOnce(build: Build, folder: string): Rendered {
  const layer = build.layers.get(folder);
  if (layer === undefined || !isLayer(layer)) {
    const span = startOf(folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`);
    const message = layer?.reason ?? 'the folder was not read';
    return { objects: [], gaps: [], problems: [{ code: 'file-not-in-tree', message, span }], files: [] };
  }
  const content = contentOf(build, layer);
  const known = content === undefined ? undefined : build.shared.rendered(content);
  if (known !== undefined) return known;
  const rendered = finishWithin(build, layer);
  if (content !== undefined) build.shared.keepRendered(content, rendered);
  return rendered;
}

/** A build that is too large is given up as a whole. */
function finishWithin(build: Build, layer: Layer): Rendered {
  try {
    return finish(build, layer);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const { message, span } = error;
    const problems = [{ code: 'too-many-objects', message, span } as const];
    return { objects: [], gaps: [], problems, files: [...layer.read].sort() };
  }
}

/** The last steps of a build, which kustomize does once at the top. */
function finish(build: Build, layer: Layer): Rendered {
  const accumulation = accumulateRoot(build, layer);
  const problems = [...accumulation.problems];
  addHashes(accumulation.resources);
  fixNameReferences(accumulation.resources, accumulation.config.nameReference, problems, build.budget);
  const { varReference } = accumulation.config.specs;
  resolveVars(
    accumulation.resources,
    accumulation.vars,
    varReference,
    isIncomplete(accumulation),
    problems,
    build.budget,
  );
  const kept = accumulation.resources.filter(resource => !isLocalConfig(resource));
  refuseSame(kept, problems);
  for (const { root } of kept) textMetadata(root, ['annotations']);
  addManagedBy(kept, layer, problems, build.budget);
  removeInternal(kept, layer);
  const objects = inOrder(kept, at(layer.root, 'sortOptions'), problems).flatMap(resource =>
    toObject(resource, problems),
  );
  return {
    objects,
    gaps: [...new Set(accumulation.gaps)],
    problems: distinct(problems),
    files: filesOf(build, accumulation),
  };
}

function toObject(resource: Resource, problems: Problem[]): KubeObject[] {
  const object = objectOf(textMetadata(resource.root, ['annotations']));
  if (object !== undefined) return [object];
  const message = `${label(resource)} lacks an apiVersion or a kind that is text, which kustomize lets pass and the cluster refuses`;
  problems.push({ code: 'kustomization-refused', message, span: resource.root.span });
  return [];
}

/** The same mistake of a base that is reached twice is one mistake. */
function distinct(problems: readonly Problem[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const problem of problems) {
    const { source, start } = problem.span;
    found.set(`${problem.code} ${source.file} ${start} ${problem.message}`, problem);
  }
  return [...found.values()];
}

function filesOf(build: Build, accumulation: Accumulation): string[] {
  const files = new Set<string>();
  for (const folder of accumulation.folders) {
    const layer = build.layers.get(folder);
    if (layer !== undefined && isLayer(layer)) for (const file of layer.read) files.add(file);
  }
  return [...files].sort();
}
