import type { Tree } from '../git/tree.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { setImages } from '../kustomize/images.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import { resourceOf } from '../kustomize/resource.ts';
import { at, clone, entries, items, type MapNode, type ScalarNode } from '../yaml/node.ts';
import { documentsOf } from './evaluate-sets.ts';
import { parameterFiles } from './reach.ts';
import type { Application } from './unit.ts';

/** The images that Argo CD sets on top of what a folder says, and what else it does there. */
export interface ImageOverrides {
  /** Entries as `images:` of a kustomization has them. */
  readonly images: readonly MapNode[];
  /** Files of parameters that hold nothing else. */
  readonly files: readonly string[];
}

/**
 * What `source.kustomize.images` says, or the last file of parameters that says it: Argo CD merges
 * `.argocd-source.yaml` and then `.argocd-source-<application>.yaml` over the source, and a list replaces a list.
 */
export async function imageOverrides(
  tree: Tree,
  { name }: Application,
  folder: string,
  source: MapNode,
): Promise<ImageOverrides> {
  let list = at(source, 'kustomize', 'images');
  const files: string[] = [];
  for (const file of parameterFiles(name)) {
    const path = folder === '' ? file : `${folder}/${file}`;
    const [document] = (await documentsOf(tree, path)) ?? [];
    const own = at(document, 'kustomize', 'images');
    if (own === undefined) continue;
    list = own;
    if (hasOnly(document, 'kustomize') && hasOnly(at(document, 'kustomize'), 'images')) files.push(path);
  }
  return { images: items(list).flatMap(item => (item.kind === 'scalar' ? (entryOf(item) ?? []) : [])), files };
}

function hasOnly(node: Parameters<typeof entries>[0], key: string): boolean {
  return [...entries(node)].every(([name]) => name === key);
}

/** `name=new:tag@digest`, where `name=` and each part of the rest may be left out (`kustomize edit set image`). */
const OVERRIDE = /^(?:([^=]+)=)?(\*|[^:@]+(?::\d+\/[^:@]+)?)?(?::([\w.-]+))?(?:@(sha256:[0-9a-f]+))?$/;

function entryOf(item: ScalarNode): MapNode | undefined {
  const match = OVERRIDE.exec(String(item.value));
  const [, named, image, newTag, digest] = match ?? [];
  const name = named ?? image;
  if (name === undefined || (newTag ?? digest ?? named) === undefined) return undefined;
  const newName = named === undefined || image === '*' ? undefined : image;
  const fields = Object.entries({ name, newName, newTag, digest });
  return {
    kind: 'map',
    span: item.span,
    entries: new Map(
      fields.flatMap(([key, value]) =>
        value === undefined ? [] : [[key, { key: item.span, value: { kind: 'scalar', value, span: item.span } }]],
      ),
    ),
  };
}

/** What the folder makes, with the images set, and whether each of them was found there. */
export function withImages(built: Rendered, images: readonly MapNode[]): { rendered: Rendered; found: boolean } {
  if (images.length === 0) return { rendered: built, found: true };
  const objects = built.objects.map(({ id, root }): KubeObject => ({ id, root: clone(root) }));
  const left = setImages(
    objects.map(({ root }) => resourceOf(root)),
    images,
    [],
    [],
  );
  return { rendered: { ...built, objects }, found: left.length === 0 };
}
