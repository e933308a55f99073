import type { MapEntry, MapNode, Node, ScalarNode, SeqNode } from './node.ts';

/** What go-yaml's layout leaves open. */
export interface Style {
  /** The names of a mapping's fields in their order. */
  readonly names: (map: MapNode) => Iterable<string>;
  /** The key of a field as it is written at the indent, with its colon. */
  readonly key: (name: string, entry: MapEntry, indent: number) => string;
  /** A line, or the lines of a block, with a scalar at their end or in them, behind what the first starts with. */
  readonly leaf: (node: ScalarNode, start: string, indent: number) => string;
  /** A collection that stands in the line of its key or dash; undefined for one that has lines of its own. */
  readonly inLine: (node: MapNode | SeqNode) => string | undefined;
}

/** A document in the layout of go-yaml v3 with an indent of two: lists are not indented under their keys. */
export function layOut(root: MapNode | SeqNode, style: Style): string {
  const out: Output = { lines: [], style };
  const whole = style.inLine(root);
  if (whole !== undefined) out.lines.push(whole);
  else if (root.kind === 'map') writeMap(root, '', 0, out);
  else writeList(root, '', 0, out);
  return out.lines.join('\n');
}

interface Output {
  readonly lines: string[];
  readonly style: Style;
}

/** @param lead What the first line starts with in the place of its indent: the dash of a list. */
function writeMap(map: MapNode, lead: string, indent: number, out: Output): void {
  const pad = ' '.repeat(indent);
  let start = lead;
  for (const name of out.style.names(map)) {
    const entry = map.entries.get(name);
    if (entry === undefined) continue;
    writeValue(entry.value, start + out.style.key(name, entry, indent), indent, out);
    start = pad;
  }
}

/** A value behind its key: in the key's own line where it has one. */
function writeValue(value: Node, key: string, indent: number, out: Output): void {
  const whole = inOne(value, `${key} `, indent + 2, out);
  if (whole !== undefined) {
    out.lines.push(whole);
    return;
  }
  out.lines.push(key);
  if (value.kind === 'map') writeMap(value, ' '.repeat(indent + 2), indent + 2, out);
  else if (value.kind === 'seq') writeList(value, ' '.repeat(indent), indent, out);
}

function writeList({ items }: SeqNode, lead: string, indent: number, out: Output): void {
  let start = `${lead}- `;
  for (const item of items) {
    const whole = inOne(item, start, indent + 2, out);
    if (whole !== undefined) out.lines.push(whole);
    else if (item.kind === 'map') writeMap(item, start, indent + 2, out);
    else if (item.kind === 'seq') writeList(item, start, indent + 2, out);
    start = `${' '.repeat(indent)}- `;
  }
}

/** A scalar, or a collection that stands in one line, behind the start of its line. */
function inOne(node: Node, start: string, indent: number, { style }: Output): string | undefined {
  if (node.kind === 'scalar') return style.leaf(node, start, indent);
  const inLine = style.inLine(node);
  return inLine === undefined ? undefined : start + inLine;
}
