import { escapeText } from './escape.ts';

/** What is left of the characters that XML 1.0 cannot hold in any form, once those are escaped that print as nothing. */
const FORBIDDEN = /[\ufffe\uffff]/g;

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Text as it may stand between tags and in an attribute. */
export function escapeXml(text: string): string {
  return escapeText(text)
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, character => ENTITIES.get(character) ?? '');
}

/** `name="value" other="value"`. */
export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ');
}
