import { calledAt } from '../../change/called.ts';
import { isCredential } from '../../change/printable.ts';
import type { KubeObject } from '../../kubernetes/object.ts';
import { entries, items, type Node, type Path, text } from '../../yaml/node.ts';

/** Stands for a value that is a credential, or may be one. */
export const HIDDEN = '(hidden)';

/** The longest line that is shown whole, in characters. */
const LONGEST = 200;

/** Whether a field holds secret values, by group and kind; a Secret has them below any other name, if it is a mistake. */
const SECRET_FIELDS: ReadonlyMap<string, (path: string) => boolean> = new Map([
  ['/Secret', path => !/^(?:apiVersion|kind|metadata|type|immutable)(?:\.|$)/.test(path)],
  ['bitnami.com/SealedSecret', path => /^spec(?:\.encryptedData(?:\.|$)|$)/.test(path)],
]);

/** A field's value as lines of YAML. Credentials are hidden, by where they stand, by their name and by their form. */
export function shownLines(object: KubeObject, path: Path, node: Node): string[] {
  const { group, kind } = object.id;
  const isEncrypted = text(object.root, 'sops', 'mac') !== undefined && path[0] !== 'metadata';
  const isSecret = SECRET_FIELDS.get(`${group}/${kind}`)?.(path.join('.')) === true;
  return isEncrypted || isSecret ? hiddenLines(node) : linesOf(object.root, path, node);
}

function hiddenLines(node: Node): string[] {
  return node.kind === 'map' ? [...entries(node)].map(([key]) => `${key}: ${HIDDEN}`) : [HIDDEN];
}

function linesOf(root: Node, path: Path, node: Node): string[] {
  if (node.kind === 'scalar')
    return scalarLines(calledAt(root, path), node.value === null ? 'null' : String(node.value));
  if (node.kind === 'seq') {
    return items(node).flatMap((item, index) =>
      linesOf(root, [...path, index], item).map((line, i) => `${i === 0 ? '- ' : '  '}${line}`),
    );
  }
  return [...entries(node)].flatMap(([key, { value }]) => {
    const below = linesOf(root, [...path, key], value);
    const [first = ''] = below;
    if (value.kind === 'scalar' && below.length === 1) return [`${key}: ${first}`];
    if (below.length === 0) return [`${key}: ${value.kind === 'seq' ? '[]' : '{}'}`];
    return [`${key}:`, ...below.map(line => `  ${line}`)];
  });
}

function scalarLines(name: string, value: string): string[] {
  // A key in several lines is recognised only as a whole.
  if (isCredential(name, value) && !value.includes('\n')) return [HIDDEN];
  if (value.includes('-----BEGIN ')) return [HIDDEN];
  return value.split(/\r?\n/).map(line => {
    if (isCredential(isPair(line) ? line : '', line)) return HIDDEN;
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
  });
}

/** A setting with its value, or an option with one; `components/secret-store` and an image are but names. */
function isPair(line: string): boolean {
  return /\S(?:\s|=)/.test(line);
}
