import type { Node } from '../yaml/node.ts';

/** A string as Go's encoding/json writes it, which escapes the characters that HTML and JavaScript trip over. */
export function goString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, character => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/**
 * A value as Go's encoding/json writes it, its keys sorted by their bytes.
 *
 * @param newline for each item on a line of its own: a line feed and the indent of the value
 */
export function goJson(node: Node, newline = ''): string {
  if (node.kind === 'scalar') return typeof node.value === 'string' ? goString(node.value) : String(node.value);
  const inner = newline === '' ? '' : `${newline}  `;
  if (node.kind === 'seq') {
    const items = node.items.map(item => inner + goJson(item, inner));
    return items.length === 0 ? '[]' : `[${items.join(',')}${newline}]`;
  }
  const colon = newline === '' ? ':' : ': ';
  const fields = [...node.entries]
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([key, { value }]) => inner + goString(key) + colon + goJson(value, inner));
  return fields.length === 0 ? '{}' : `{${fields.join(',')}${newline}}`;
}
