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
  return root.entries.size === 0 ? '{}\n' : `${mapLines(root, 0, remark).join('\n')}\n`;
}

function mapLines(map: MapNode, indent: number, remark: Remark): string[] {
  const pad = ' '.repeat(indent);
  return [...map.entries]
    .sort(([a], [b]) => byGoYaml(a, b))
    .flatMap(([key, { value }]) => {
      const name = writeScalar(key, { indent, column: indent, isKey: true });
      if (Buffer.byteLength(key) <= LONGEST_KEY) return valueLines(value, `${pad}${name}:`, indent, remark);
      return [`${pad}? ${name}`, ...valueLines(value, `${pad}:`, indent, remark)];
    });
}

/** The lines of a value behind its key: in the key's own line where it has one. */
function valueLines(value: Node, key: string, indent: number, remark: Remark): string[] {
  if (value.kind === 'scalar') return scalarLines(value, `${key} `, indent + 2, remark);
  if (value.kind === 'map') {
    return value.entries.size === 0 ? [`${key} {}`] : [key, ...mapLines(value, indent + 2, remark)];
  }
  return value.items.length === 0 ? [`${key} []`] : [key, ...seqLines(value, indent, remark)];
}

function seqLines({ items }: SeqNode, indent: number, remark: Remark): string[] {
  const pad = ' '.repeat(indent);
  return items.flatMap(item => {
    if (item.kind === 'scalar') return scalarLines(item, `${pad}- `, indent + 2, remark);
    if (item.kind === 'map' && item.entries.size === 0) return [`${pad}- {}`];
    if (item.kind === 'seq' && item.items.length === 0) return [`${pad}- []`];
    const lines = item.kind === 'map' ? mapLines(item, indent + 2, remark) : seqLines(item, indent + 2, remark);
    const [first = '', ...more] = lines;
    return [`${pad}- ${first.slice(indent + 2)}`, ...more];
  });
}

/** A comment stands behind the header of a block scalar, and behind the last line of any other. */
function scalarLines(node: ScalarNode, start: string, indent: number, remark: Remark): string[] {
  const lines = (start + writeScalar(node.value, { indent, column: start.length, isKey: false })).split('\n');
  const comment = remark(node);
  if (comment === undefined) return lines;
  const at = /\|[-+2]*$/.test(lines[0] ?? '') && lines.length > 1 ? 0 : lines.length - 1;
  return lines.map((line, i) => (i === at ? `${line} # ${comment}` : line));
}
