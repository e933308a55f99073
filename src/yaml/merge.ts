import { equal, type MapNode, type Node } from './node.ts';
import type { Dialect } from './scalars.ts';

/** What came of one `<<`. */
interface MergeOutcome {
  /** Why the value cannot be merged. */
  readonly refused: string | undefined;
  /** Keys written before the `<<` for which the readers take different values. */
  readonly disputed: readonly string[];
}

/**
 * Adds the entries of the mapping, or of the list of mappings, to `map`. In a list the earlier mapping wins. Over a key
 * written before the `<<`, kubectl (go-yaml v2) takes the merged value, kustomize (go-yaml v3) the written one.
 *
 * @param merged keys of `map` that came by a merge; kept up to date
 */
export function mergeInto(map: MapNode, merged: Set<string>, value: Node, dialect: Dialect): MergeOutcome {
  const refused = 'only a mapping or a list of mappings can be merged with "<<"';
  const sources = value.kind === 'seq' ? value.items.toReversed() : [value];
  const disputed: string[] = [];
  for (const source of sources) {
    if (source.kind !== 'map') return { refused, disputed };
    for (const [key, entry] of source.entries) {
      const own = merged.has(key) ? undefined : map.entries.get(key);
      if (own !== undefined) {
        if (!equal(own.value, entry.value)) disputed.push(key);
        if (dialect === 'kustomize') continue;
      } else {
        merged.add(key);
      }
      map.entries.set(key, entry);
    }
  }
  return { refused: undefined, disputed };
}
