import type { Building } from './building.ts';
import { keyOfNode, mergeEntries, setEntry } from './entries.ts';
import type { Node, Span } from './node.ts';

/**
 * Puts a finished node where it belongs: the root, the next item, the next key, or the value of the last key.
 *
 * @param span where it stands here, which for an alias is not where the node was written
 */
export function place(building: Building, node: Node, weight: number, height: number, span: Span): void {
  const frame = building.frames.at(-1);
  if (frame === undefined) {
    building.root = node;
    return;
  }
  frame.weight += weight;
  if (height >= frame.height) frame.height = height + 1;
  const { node: parent, key } = frame;
  if (parent.kind === 'seq') {
    parent.items.push(node);
  } else if (key === undefined) {
    frame.key = keyOfNode(building, node, span);
  } else {
    frame.key = undefined;
    if (key.kind === 'merge') mergeEntries(building, frame, parent, node, span !== node.span, key.span);
    else if (key.kind === 'name') setEntry(building, frame, parent, key.name, { key: key.span, value: node });
  }
}
