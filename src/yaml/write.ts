import { byGoYaml } from './key-order.ts';
import type { MapNode, Node, ScalarNode, SeqNode } from './node.ts';
import { writeScalar } from './write-scalar.ts';

/** What stands behind a scalar as a comment; undefined for none. */
export type Remark = (node: ScalarNode) => string | undefined;

/** Bytes of a key that go-yaml writes in the line of its value. */
const LONGEST_KEY = 128;

const NO_REMARK: Remark = () => undefined;

/**
 * A document as `kubectl kustomize` prints it, byte for byte: keys in go-yaml's order, lists not indented, long lines
 * broken. Only what would do something to the reader's terminal or CI is escaped. Remarks are comments and change
 * nothing.
 */
export function writeYaml(root: MapNode, remark = NO_REMARK): string {
  const out: Output = { lines: [], remark };
  if (root.entries.size === 0) out.lines.push('{}');
  else writeMap(root, '', 0, out);
  return `${out.lines.join('\n')}\n`;
}

interface Output {
  readonly lines: string[];
  readonly remark: Remark;
}

/** @param lead What the first line starts with in the place of its indent: the dash of a list. */
function writeMap(map: MapNode, lead: string, indent: number, out: Output): void {
  const pad = ' '.repeat(indent);
  let start = lead;
  for (const key of [...map.entries.keys()].sort(byGoYaml)) {
    const value = map.entries.get(key)?.value;
    if (value === undefined) continue;
    const name = writeScalar(key, { indent, column: indent, isKey: true });
    const isLong = key.length > LONGEST_KEY / 4 && Buffer.byteLength(key) > LONGEST_KEY;
    if (isLong) out.lines.push(`${start}? ${name}`);
    writeValue(value, isLong ? `${pad}:` : `${start}${name}:`, indent, out);
    start = pad;
  }
}

/** A value behind its key: in the key's own line where it has one. */
function writeValue(value: Node, key: string, indent: number, out: Output): void {
  if (value.kind === 'scalar') writeLeaf(value, `${key} `, indent + 2, out);
  else if (isEmpty(value)) out.lines.push(`${key} ${value.kind === 'map' ? '{}' : '[]'}`);
  else {
    out.lines.push(key);
    if (value.kind === 'map') writeMap(value, ' '.repeat(indent + 2), indent + 2, out);
    else writeList(value, ' '.repeat(indent), indent, out);
  }
}

function writeList({ items }: SeqNode, lead: string, indent: number, out: Output): void {
  let start = `${lead}- `;
  for (const item of items) {
    if (item.kind === 'scalar') writeLeaf(item, start, indent + 2, out);
    else if (isEmpty(item)) out.lines.push(`${start}${item.kind === 'map' ? '{}' : '[]'}`);
    else if (item.kind === 'map') writeMap(item, start, indent + 2, out);
    else writeList(item, start, indent + 2, out);
    start = `${' '.repeat(indent)}- `;
  }
}

function isEmpty(node: MapNode | SeqNode): boolean {
  return node.kind === 'map' ? node.entries.size === 0 : node.items.length === 0;
}

/** A comment stands behind the header of a block scalar, and behind the last line of any other. */
function writeLeaf(node: ScalarNode, start: string, indent: number, { lines, remark }: Output): void {
  const written = writeScalar(node.value, { indent, column: start.length, isKey: false });
  const comment = remark(node);
  if (comment === undefined) {
    lines.push(start + written);
    return;
  }
  const header = /^\|[-+2]*(?=\n)/.exec(written)?.[0];
  lines.push(
    header === undefined
      ? `${start}${written} # ${comment}`
      : `${start}${header} # ${comment}${written.slice(header.length)}`,
  );
}
