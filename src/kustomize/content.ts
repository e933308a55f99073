import { isLayer, type Layer, type NoLayer } from './layer.ts';
import type { SharedBuilds } from './shared-builds.ts';

/** Folders inside folders that are followed. */
export const MAX_CHAIN = 64;

/** What folders are built from, by folder, each found out once. */
export interface Known {
  readonly shared: SharedBuilds;
  readonly layers: ReadonlyMap<string, Layer | NoLayer>;
  readonly contents: Map<string, string>;
}

/**
 * A mark that stands for all that the build of a folder depends on, the same in whatever tree; undefined where it leads
 * in a circle, which depends on where one enters it.
 */
export function contentOf(build: Known, layer: Layer, chain: readonly string[] = []): string | undefined {
  const known = build.contents.get(layer.folder);
  if (known !== undefined) return known;
  if (chain.includes(layer.folder) || chain.length >= MAX_CHAIN) return undefined;
  const parts = [layer.content];
  for (const target of layer.targets.values()) {
    if (target.kind === 'file') continue;
    const child = build.layers.get(target.folder);
    const content = child && isLayer(child) ? contentOf(build, child, [...chain, layer.folder]) : child?.reason;
    if (content === undefined) return undefined;
    parts.push(content);
  }
  const content = build.shared.markOf(parts.join('\n'));
  build.contents.set(layer.folder, content);
  return content;
}
