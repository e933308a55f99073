import { escapeText } from './escape.ts';

/** Cuts a text in two for a forge, which reads what is rendered piece by piece and does not show a comment. */
const CUT = '<!-- -->';

/** Stands for a cut until the marks of Markdown are escaped; a text that can be shown has none. */
const HERE = '\u0000';

/** Beginnings of what would mention people, link issues, or become an address, an emoji or a formula. */
const REFERENCES = /[@#$]|:(?=\/\/|[\w+-]+:)|www(?=\.)|GH(?=-\d)|^\//gi;

/** What would become a link to a commit, of which seven digits are enough. */
const COMMITS = /\b[0-9a-f]{7,40}\b/gi;

const ENTITIES = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/**
 * Text of others as Markdown of one line that shows as it is, for GitHub and GitLab, and is no `/command` to a bot. GitHub
 * finds references even behind a backslash, and GitLab does not.
 */
export function markdownText(text: string): string {
  return escapeText(text)
    .trim()
    .replace(REFERENCES, `$&${HERE}`)
    .replace(COMMITS, digits => digits.replace(/.{6}(?=.)/g, `$&${HERE}`))
    .replace(/[\\`*_[\]()~|!$%^@#&]/g, '\\$&')
    .replace(/[<>]/g, character => ENTITIES.get(character) ?? character)
    .replace(/^(\d*)([-+=.])/, '$1\\$2')
    .replaceAll(HERE, CUT);
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
