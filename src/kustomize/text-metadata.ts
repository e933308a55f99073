import { at, entries, type MapNode, type Span } from '../yaml/node.ts';
import { writtenText } from './conform.ts';
import { scalarNode, scalarText, setField } from './resource.ts';

/** kustomize reads labels and annotations of a patch as text before it applies it: null becomes the text "null". */
export function textMetadata(root: MapNode, fields = ['labels', 'annotations']): MapNode {
  const metadata = at(root, 'metadata');
  if (metadata?.kind !== 'map') return root;
  for (const field of fields) {
    const pairs = metadata.entries.get(field);
    if (pairs === undefined) continue;
    if (pairs.value.kind !== 'map' || pairs.value.entries.size === 0) metadata.entries.delete(field);
    for (const [key, entry] of [...entries(pairs.value)]) {
      if (pairs.value.kind !== 'map' || entry.value.kind !== 'scalar') continue;
      const { value, span } = entry.value;
      if (typeof value === 'string') continue;
      setField(pairs.value, key, scalarNode(value === null ? nullText(span) : scalarText(entry.value), span));
    }
  }
  return root;
}

/** Null as it was written: nothing at all, `~` or `null`. */
function nullText(span: Span): string {
  const written = writtenText(span);
  return /^(?:~|null|Null|NULL|)$/.test(written) ? written : 'null';
}
