import { at, items, type Node } from '../yaml/node.ts';
import { isLayer, type Layer, type NoLayer } from './layer.ts';
import { scalarText } from './resource.ts';
import type { SharedBuilds } from './shared-builds.ts';

/** What the count looks at. */
interface Loaded {
  readonly layers: ReadonlyMap<string, Layer | NoLayer>;
  readonly shared: SharedBuilds;
}

/**
 * How many objects the files of a folder and of all below it come to, each file as often as a path leads to it: what a
 * build would have to copy. Takes the time that the folders take, however many paths there are.
 */
export function countObjects(loaded: Loaded, layer: Layer, counts = new Map<string, number>()): number {
  const known = counts.get(layer.folder);
  if (known !== undefined) return known;
  // What leads back here adds nothing: it is refused when it is entered.
  counts.set(layer.folder, 0);
  let count = 0;
  for (const entry of entriesOf(layer)) {
    const target = layer.targets.get(scalarText(entry));
    if (target?.kind === 'file') count += loaded.shared.parse(target).documents.length;
    const child = target?.kind === 'folder' ? loaded.layers.get(target.folder) : undefined;
    if (child !== undefined && isLayer(child)) count += countObjects(loaded, child, counts);
  }
  counts.set(layer.folder, count);
  return count;
}

function entriesOf({ root }: Layer): Node[] {
  return ['resources', 'bases', 'components'].flatMap(field => items(at(root, field)));
}
