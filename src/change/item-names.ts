import { at, items, type Node, type Path, scalar } from '../yaml/node.ts';
import { keyText } from './aspect.ts';
import { printable } from './printable.ts';

/** A longer value names nothing. */
const LONGEST = 40;

/**
 * A path as people write it, with each item of a list by what tells it from the others: `sources[chart=cache]`,
 * `generators[0].list.elements[cluster=eu]`, `endpoints[web]`. A number is left where nothing does.
 *
 * @param root Where the path begins.
 * @param from Steps of the path that are not told.
 */
export function told(root: Node, path: Path, from = 0): string {
  let written = '';
  for (const [i, step] of path.entries()) {
    if (i < from) continue;
    if (typeof step === 'string') written += `${written === '' ? '' : '.'}${keyText(step)}`;
    else written += `[${itemName(at(root, ...path.slice(0, i)), step, path[i + 1]) ?? step}]`;
  }
  return written;
}

/** The item's name, or the first of its fields that every item has with another value; none where that one is told of. */
function itemName(list: Node | undefined, index: number, below: Path[number] | undefined): string | undefined {
  const all = items(list);
  const item = all[index];
  if (item?.kind !== 'map') return undefined;
  const fields = ['name', 'key', 'id', ...item.entries.keys()];
  const field = fields.find(one => isShown(one, item) && isUnique(one, all));
  // The only item needs no more than a name, and reads alike in overlays that fill it in otherwise.
  if (field === undefined || field === below || (field !== 'name' && all.length === 1)) return undefined;
  const value = String(scalar(item, field));
  return field === 'name' ? value : `${field}=${value}`;
}

function isShown(field: string, item: Node): boolean {
  const shown = printable(field, scalar(item, field));
  return shown !== undefined && shown !== '' && shown.length <= LONGEST;
}

function isUnique(field: string, all: readonly Node[]): boolean {
  const values = all.map(item => scalar(item, field));
  return values.every(value => value !== undefined && value !== null) && new Set(values).size === all.length;
}
