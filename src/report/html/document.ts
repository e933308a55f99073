import { createHash } from 'node:crypto';
import { SCRIPT, STYLE } from './assets.generated.ts';
import { html, type Markup } from './html.ts';

/** What stands in the frame that every page has. */
export interface Content {
  readonly title: string;
  /** What a reader with a keyboard may skip to. */
  readonly skip: { readonly to: string; readonly text: string };
  readonly main: Markup;
  readonly footer: string;
  /** Whether it carries the script. */
  readonly isScripted: boolean;
}

/**
 * A page as one file that needs nothing else: no network, no address of its own, and only the style and the script that
 * it carries, which its policy names by their digests.
 */
export function documentOf({ title, skip, main, footer, isScripted }: Content): string {
  const policy = [
    "default-src 'none'",
    `style-src '${digest(STYLE)}'`,
    ...(isScripted ? [`script-src '${digest(SCRIPT)}'`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const script = isScripted ? html`<script>${{ markup: SCRIPT }}</script>\n` : undefined;
  const { markup } = html`<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: STYLE }}</style></head>
<body>
<a class="skip" href="#${skip.to}">${skip.text}</a>
<main>
${main}
</main>
<footer>${footer}</footer>
${script}</body></html>
`;
  return `<!doctype html>\n${markup}`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
