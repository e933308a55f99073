import { at, entries, type Node } from '../../yaml/node.ts';

/** What CEL makes of a value: integers are bigint, mappings are Maps. */
export type CelValue = string | bigint | number | boolean | null | CelValue[] | Map<string, CelValue>;

/** Values in one object that an expression may look through. */
const MAX_VALUES = 20_000;
/** Characters of one text. */
const MAX_TEXT = 64 * 1024;

/** What stands for a value of a Secret. */
const REDACTED = '<redacted>';

/** Where a Secret has its values, and where kubectl keeps a copy of them. */
const SECRET_FIELDS = [
  ['data'],
  ['stringData'],
  ['metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration'],
];

/** An object is larger than what expressions may look through. */
export class TooLargeError extends Error {}

/** An object as an expression sees it: the values of a Secret are not in it. Throws `TooLargeError`. */
export function celObject(root: Node, kind: string): CelValue {
  const hidden = new Set(kind === 'Secret' ? SECRET_FIELDS.flatMap(path => at(root, ...path) ?? []) : []);
  let count = 0;
  const celOf = (node: Node, isHidden: boolean): CelValue => {
    if (++count > MAX_VALUES) throw new TooLargeError(`the object has more than ${MAX_VALUES} values`);
    const hides = isHidden || hidden.has(node);
    if (node.kind === 'seq') return node.items.map(item => celOf(item, hides));
    if (node.kind === 'map') {
      return new Map([...entries(node)].map(([key, { value }]) => [key, celOf(value, hides)]));
    }
    if (hides) return REDACTED;
    if (typeof node.value === 'string' && node.value.length > MAX_TEXT) {
      throw new TooLargeError(`a text of the object has more than ${MAX_TEXT} characters`);
    }
    return typeof node.value === 'number' && Number.isInteger(node.value) ? BigInt(node.value) : node.value;
  };
  return celOf(root, false);
}
