import { byGoYaml } from './key-order.ts';
import { layOut, type Style } from './layout.ts';
import type { MapEntry, MapNode, ScalarNode, SeqNode } from './node.ts';
import { writeScalar, writeSimple } from './write-scalar.ts';

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
  const style = { names, key, inLine, leaf: leafWith(remark) };
  return `${layOut(root, style)}\n`;
}

function names({ entries }: MapNode): string[] {
  return [...entries.keys()].sort(byGoYaml);
}

function key(name: string, _: MapEntry, indent: number): string {
  const written = writeSimple(name) ?? writeScalar(name, { indent, column: indent, isKey: true });
  const isLong = name.length > LONGEST_KEY / 4 && Buffer.byteLength(name) > LONGEST_KEY;
  return isLong ? `? ${written}\n${' '.repeat(indent)}:` : `${written}:`;
}

function inLine(node: MapNode | SeqNode): string | undefined {
  if (node.kind === 'map') return node.entries.size === 0 ? '{}' : undefined;
  return node.items.length === 0 ? '[]' : undefined;
}

function writeIn({ value }: ScalarNode, start: string, indent: number): string {
  const column = start.length - (start.lastIndexOf('\n') + 1);
  return writeScalar(value, { indent, column, isKey: false });
}

/** A comment stands behind the header of a block scalar, and behind the last line of any other. */
function leafWith(remark: Remark): Style['leaf'] {
  return (node, start, indent) => {
    const written = writeSimple(node.value) ?? writeIn(node, start, indent);
    const comment = remark(node);
    if (comment === undefined) return start + written;
    const header = /^\|[-+2]*(?=\n)/.exec(written)?.[0];
    return header === undefined
      ? `${start}${written} # ${comment}`
      : `${start}${header} # ${comment}${written.slice(header.length)}`;
  };
}
