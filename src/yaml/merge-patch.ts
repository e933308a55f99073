import type { MapEntry, Node } from './node.ts';

/** A JSON merge patch (RFC 7386): mappings merge, null takes away, everything else replaces. */
export function mergePatch(base: Node | undefined, patch: Node): Node {
  if (patch.kind !== 'map') return patch;
  const entries = new Map<string, MapEntry>(base?.kind === 'map' ? base.entries : []);
  for (const [key, { key: span, value }] of patch.entries) {
    if (value.kind === 'scalar' && value.value === null) entries.delete(key);
    else entries.set(key, { key: span, value: mergePatch(entries.get(key)?.value, value) });
  }
  return { kind: 'map', entries, span: base?.span ?? patch.span };
}
