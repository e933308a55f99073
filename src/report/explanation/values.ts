import { isCredential } from '../../change/printable.ts';
import type { KubeObject } from '../../kubernetes/object.ts';
import { at, entries, items, type Node, type Path, text } from '../../yaml/node.ts';

/** Stands for a value that is a credential, or may be one. */
export const HIDDEN = '(hidden)';

/** The longest line that is shown whole, in characters. */
const LONGEST = 200;

/** Fields that hold secret values, by group and kind; the rest of those objects is shown. */
const SECRET_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Secret', ['data', 'stringData']],
  ['bitnami.com/SealedSecret', ['spec.encryptedData']],
]);

/** A field's value as lines of YAML. Credentials are hidden, by where they stand, by their name and by their form. */
export function shownLines(object: KubeObject, path: Path, node: Node): string[] {
  const { group, kind } = object.id;
  const secret = SECRET_FIELDS.get(`${group}/${kind}`) ?? [];
  const dotted = path.join('.');
  const isEncrypted = text(object.root, 'sops', 'mac') !== undefined && path[0] !== 'metadata';
  const isSecret = secret.some(field => `${field}.`.startsWith(`${dotted}.`) || `${dotted}.`.startsWith(`${field}.`));
  return isEncrypted || isSecret ? hiddenLines(node) : linesOf(nameOf(object, path), node);
}

/** What a value is called: its key, or the `name` beside a `value` in a list of variables or parameters. */
function nameOf(object: KubeObject, path: Path): string {
  const key = String(path.findLast(step => typeof step === 'string') ?? '');
  const beside = text(at(object.root, ...path.slice(0, -1)), 'name');
  return key === 'value' && beside !== undefined ? beside : key;
}

function hiddenLines(node: Node): string[] {
  return node.kind === 'map' ? [...entries(node)].map(([key]) => `${key}: ${HIDDEN}`) : [HIDDEN];
}

function linesOf(name: string, node: Node): string[] {
  if (node.kind === 'scalar') return scalarLines(name, node.value === null ? 'null' : String(node.value));
  if (node.kind === 'seq') {
    return items(node).flatMap(item => linesOf(name, item).map((line, i) => `${i === 0 ? '- ' : '  '}${line}`));
  }
  const beside = text(node, 'name');
  return [...entries(node)].flatMap(([key, { value }]) => {
    const below = linesOf(key === 'value' && beside !== undefined ? beside : key, value);
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
