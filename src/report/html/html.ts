import { escapeText } from '../escape.ts';

/** Text that is HTML already; only the `html` template makes it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | undefined | readonly Part[];

/** A template whose every value is escaped, unless a template made it. Attributes stand in double quotes. */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = fixed[0] ?? '';
  for (const [i, part] of parts.entries()) markup += markupOf(part) + (fixed[i + 1] ?? '');
  return { markup };
}

function markupOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text of others as HTML text or as the value of a quoted attribute; what would not show is written out. */
export function escapeHtml(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, character => ENTITIES.get(character) ?? character);
}

/** An address that a link may have: nothing but http and https leads out of the page. */
export function webAddress(address: string | undefined): string | undefined {
  return address !== undefined && /^https?:\/\/[^\s]/i.test(address) ? address : undefined;
}
