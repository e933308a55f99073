import { describe, expect, it, test } from 'vitest';
import { escapeText } from '../../src/report/escape.ts';
import { markdown } from '../../src/report/markdown.ts';
import { markdownBlock, markdownCode, markdownText } from '../../src/report/markdown-escape.ts';
import { elementsOf, referencesIn, rendered, textsOf } from '../support/forge-markdown.ts';
import * as fc from '../support/properties.ts';
import { hostileResult } from './hostile.ts';

const MARKS = [
  ...'<>&`*_[]()|!#@\\:/~"\'\n\t -+=.$^%{}0123456789wGHae',
  ...['@org/team', '#1', 'GH-1', 'http://a.b', 'www.a.b', 'a@b.cd', '<img>', '</details>', '<!--', '-->', '```', '~~~'],
  ...['---', '===', '- [ ] ', '1. ', '> ', '| - |', '[^1]', '[^1]: ', '[a]: b', '&#35;', '&copy;', ':+1:', '$x$'],
  ...['a5c3785ed8d6a35868bc169f07e40e889087fd2e', 'mailto:a@b.cd', 'xmpp:a@b.cd', '[!NOTE]', '/close', '\u00a0', 'π'],
];

const TEXT = fc
  .array(fc.oneof(fc.constantFrom(...MARKS), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 12 })
  .map(parts => parts.join(''));

/** As it would be on a page, were it plain text without blanks at both ends. */
function asText(text: string): string {
  return escapeText(text)
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function shown(markdown: string): string {
  return rendered(markdown).replaceAll('<!-- -->', '').trimEnd();
}

/** Where reports put a text of others; each begins a line or ends one somewhere. */
const SLOTS: readonly (readonly [markdown: (text: string) => string, html: (text: string) => string])[] = [
  [text => text, text => (text === '' ? '' : `<p>${text}</p>`)],
  [text => `- **stopped** ${text}`, text => `<ul>\n<li><strong>stopped</strong>${text && ` ${text}`}</li>\n</ul>`],
  [text => `before:\n  ${text}, after`, text => `<p>before:\n${text}, after</p>`],
  [
    text => `| a | b |\n| --- | --- |\n| ${text} | c |`,
    text =>
      `<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>${text}</td>\n<td>c</td>\n</tr>\n</tbody>\n</table>`,
  ],
];

describe('E04 a parser of GitHub Markdown', () => {
  it.each(SLOTS.map((slot, place) => [place, ...slot] as const))('finds only the text in place %i', (_, put, html) => {
    fc.assert(
      fc.property(TEXT, text => {
        expect(shown(put(markdownText(text)))).toBe(html(asText(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing that the forge would link, mention, draw or obey', () => {
    fc.assert(
      fc.property(TEXT, text => {
        const escaped = markdownText(text);
        expect(referencesIn(rendered(escaped))).toEqual([]);
        expect(escaped).not.toMatch(/^\s*\/\w/);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the text in a line of code and in a block', () => {
    fc.assert(
      fc.property(TEXT, text => {
        const code = escapeText(text);
        const inLine = rendered(`a ${markdownCode(text)} b`);
        expect(textsOf(inLine).join('')).toBe(code.trim() === '' ? 'a  b' : `a ${code} b`);
        const block = rendered(markdownBlock('diff', [text, 'end']));
        expect(elementsOf(block)).toEqual(['<pre>', '<code class="language-diff">', '</code>', '</pre>']);
        expect(textsOf(block).join('')).toBe(`${code}\nend\n`);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['none', 'low', 'high'] as const)('finds no other elements in a report of %s risk than its own', level => {
    const own = new Set(elementsOf(rendered(markdown(hostileResult('plain', level), {}))));
    fc.assert(
      fc.property(TEXT, text => {
        const html = rendered(markdown(hostileResult(`x${text}x`, level), {}));
        expect(elementsOf(html).filter(element => !own.has(element))).toEqual([]);
        expect(referencesIn(html)).toEqual([]);
      }),
    );
  });
});
