import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, webAddress } from '../../../src/report/html/html.ts';
import { page } from '../../../src/report/html/page.ts';
import type { Result } from '../../../src/report/result.ts';
import * as fc from '../../support/properties.ts';
import { EXPLAINED, manyUnits } from '../explained.ts';

const HOSTILE = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'<>&"\'/=`script onload\n\u202e\u0000'.split('')) }),
);

describe('E06 text of others stays text', () => {
  it('as text and as the value of an attribute', () => {
    fc.assert(
      fc.property(HOSTILE, text => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'\p{Cc}\p{Cf}]|&(?!(?:amp|lt|gt|quot|#39);)/u);
        expect(html`<p title="${text}">${[text]}</p>`.markup.match(/[<>"]/g)?.join('')).toBe('<"">' + '<>');
      }),
    );
  });

  it('makes no element of the page and no attribute', () => {
    const elements = (result: Result) =>
      page(result, {})
        .replace(/"[^"]*"/g, '""')
        .match(/<[^>]*>/g);
    const told = (title: string): Result => {
      const result = EXPLAINED['explain-major']();
      return { ...result, subject: { ...result.subject, title } };
    };
    const plain = elements(told('x'));
    fc.assert(
      fc.property(HOSTILE, text => {
        expect(elements(told(`x${text}`))).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['https://grafana.example/d/1?var=a', true],
    ['http://prometheus', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['//evil.example', false],
    [' https://evil.example', false],
  ])('%s may be a link: %s', (address, allowed) => {
    expect(webAddress(address) !== undefined).toBe(allowed);
  });
});

describe('the page', () => {
  it('E06 allows its own style and script and nothing else, by their digests', () => {
    const text = page(EXPLAINED['explain-major'](), {});
    const inside = (name: string) => new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? '';
    const digest = (part: string) => `sha256-${createHash('sha256').update(part).digest('base64')}`;
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.replaceAll('&#39;', "'");
    expect(policy).toBe(
      `default-src 'none'; style-src '${digest(inside('style'))}'; script-src '${digest(inside('script'))}'; base-uri 'none'; form-action 'none'`,
    );
    expect(text).not.toMatch(/\s(?:style|on\w+|src)="/);
  });

  it('folds three hundred units that are alike into a few boxes', () => {
    const text = page(manyUnits(300), {});
    expect(text.match(/data-box="/g)?.length).toBeLessThan(20);
    expect(text).toContain('300 production units');
  });
});
