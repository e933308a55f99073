import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** What GitHub's flavour of Markdown makes of a text, before anything is taken out for safety. */
export function rendered(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** The elements of a page in their order, without what is in them; comments are none. */
export function elementsOf(html: string): string[] {
  return [...html.replaceAll('<!-- -->', '').matchAll(/<[^>]*>/g)].map(([tag]) => tag);
}

/** The text of a page, in the pieces that tags and comments leave of it. */
export function textsOf(html: string): string[] {
  return html
    .split(/<[^>]*>/)
    .map(piece =>
      piece.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    );
}

/**
 * What a forge makes of the pieces of text once they are rendered, outside of code. GitHub: docs.github.com, "Autolinked
 * references and URLs", "Basic writing and formatting syntax" (mentions, emoji), "Writing mathematical expressions".
 */
const REFERENCES: readonly RegExp[] = [
  /@[a-z0-9]/i,
  /#\d/,
  /\bgh-\d/i,
  /\b[0-9a-f]{7,40}\b/i,
  /:[\w+-]+:/,
  /\$[^$]+\$/,
  /\b(?:https?|ftp):\/\//i,
  /\bwww\./i,
];

/** The references that a forge would find in a rendered page. */
export function referencesIn(html: string): string[] {
  const outsideCode = html.replace(/<(code|pre)\b.*?<\/\1>/gs, '<code></code>');
  return textsOf(outsideCode).flatMap(piece => REFERENCES.flatMap(found => found.exec(piece)?.[0] ?? []));
}
