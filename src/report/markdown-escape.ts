import { escapeText } from './escape.ts';

/** Breaks a text in two for a forge, which then sees neither a name nor a number nor an address in it. */
const BREAK = '<!-- -->';

/** What would mention people, link issues or become an address. */
const REFERENCES = /@|#|:(?=\/\/)|www(?=\.)|GH(?=-\d)/gi;

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/** Text of others as Markdown of one line that shows as it is, for GitHub and GitLab, and is no `/command` to a bot. */
export function markdownText(text: string): string {
  return escapeText(text)
    .trimStart()
    .replace(/[\\`*_[\]()~|!$]/g, '\\$&')
    .replace(/[&<>]/g, character => ENTITIES.get(character) ?? character)
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(?:\d+(?=[.)])|\/)/, `$&${BREAK}`)
    .replace(REFERENCES, reference => `${reference}${BREAK}`);
}

/** Text of others as code within a line. */
export function markdownCode(text: string): string {
  const shown = escapeText(text);
  if (shown.trim() === '') return '';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines of others in a block of code; each is escaped. */
export function markdownBlock(language: string, lines: readonly string[]): string {
  const shown = lines.map(escapeText);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}${language}`, ...shown, fence].join('\n');
}

/** The label of a box in a Mermaid drawing, within double quotes. (mermaid.js.org, flowchart: entity codes) */
export function mermaidLabel(text: string): string {
  return escapeText(text).replace(/[^\w ./,+-]/gu, character => `#${character.codePointAt(0)};`);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
