import { createHash } from 'node:crypto';
import { isLayer, type Layer, type NoLayer } from './layer.ts';

/** Folders inside folders that are followed. */
export const MAX_CHAIN = 64;

/** Digests of what folders are built from, each made once. */
export interface Digests {
  readonly layers: ReadonlyMap<string, Layer | NoLayer>;
  readonly contents: Map<string, string>;
}

/**
 * A digest of all that the build of a folder depends on, in whatever tree; undefined where it leads in a circle, which
 * depends on where one enters it.
 */
export function contentOf(build: Digests, layer: Layer, chain: readonly string[] = []): string | undefined {
  const known = build.contents.get(layer.folder);
  if (known !== undefined) return known;
  if (chain.includes(layer.folder) || chain.length >= MAX_CHAIN) return undefined;
  const hash = createHash('sha1').update(layer.content);
  for (const target of layer.targets.values()) {
    if (target.kind === 'file') continue;
    const child = build.layers.get(target.folder);
    const content = child && isLayer(child) ? contentOf(build, child, [...chain, layer.folder]) : child?.reason;
    if (content === undefined) return undefined;
    hash.update(`\n${content}`);
  }
  const content = hash.digest('hex');
  build.contents.set(layer.folder, content);
  return content;
}
