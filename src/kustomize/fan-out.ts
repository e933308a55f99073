import { at, items } from '../yaml/node.ts';
import { type Budget, grouped, MAX_OBJECTS, MAX_VALUES, TooLarge } from './budget.ts';
import { isLayer, type Layer, type NoLayer } from './layer.ts';
import { scalarText } from './resource.ts';
import type { SharedBuilds } from './shared-builds.ts';

/** What the count looks at. */
interface Loaded {
  readonly layers: ReadonlyMap<string, Layer | NoLayer>;
  readonly shared: SharedBuilds;
}

/** What a folder comes to before anything is taken away again, each file as often as a path leads to it. */
interface Share {
  objects: number;
  /** Scalars, lists and mappings of the objects. */
  values: number;
  /** Components entered by the folder, each with those that it enters. */
  components: number;
}

/** What the work with an object costs beside that with its values: names, identities, references. */
const STEPS_OF_OBJECT = 80;

/**
 * Spends what a build of the folder costs before its patches, told from its files: the same whatever was built before,
 * in the time that the folders take, however many paths lead through them. Throws `TooLarge`.
 */
export function spendFolder(loaded: Loaded, layer: Layer, budget: Budget): void {
  const { span } = layer.root;
  const shares = new Map<string, Share>();
  const { objects, values } = shareOf(loaded, layer, shares);
  if (objects > MAX_OBJECTS)
    throw new TooLarge(`the build has ${grouped(objects)} objects, more than ${grouped(MAX_OBJECTS)}`, span);
  if (values > MAX_VALUES) {
    const message = `the objects of the build hold ${grouped(values)} values, more than ${grouped(MAX_VALUES)}`;
    throw new TooLarge(message, span);
  }
  for (const share of shares.values()) {
    budget.spend((share.values + share.objects * STEPS_OF_OBJECT) * (1 + share.components), span);
  }
}

function shareOf(loaded: Loaded, layer: Layer, shares: Map<string, Share>): Share {
  const known = shares.get(layer.folder);
  if (known !== undefined) return known;
  const share: Share = { objects: 0, values: 0, components: 0 };
  // What leads back here adds nothing: it is refused when it is entered.
  shares.set(layer.folder, share);
  for (const [field, isComponents] of FIELDS) {
    for (const entry of items(at(layer.root, field))) {
      const target = layer.targets.get(scalarText(entry));
      const child = target?.kind === 'folder' ? loaded.layers.get(target.folder) : undefined;
      if (target?.kind === 'file') add(share, loaded.shared.parse(target));
      if (child === undefined || !isLayer(child)) continue;
      const below = shareOf(loaded, child, shares);
      add(share, below);
      if (isComponents) share.components += 1 + below.components;
    }
  }
  return share;
}

/** Fields that lead to objects, and whether they are components, which change all objects of the folder again. */
const FIELDS: readonly (readonly [string, boolean])[] = [
  ['resources', false],
  ['bases', false],
  ['generators', false],
  ['transformers', false],
  ['validators', false],
  ['components', true],
];

function add(share: Share, { objects, values }: { readonly objects: number; readonly values: number }): void {
  share.objects += objects;
  share.values += values;
}
