import { describe, expect, it, test } from 'vitest';
import { markdown } from '../../src/report/markdown.ts';
import { markdownBlock, markdownCode, markdownText, mermaidLabel } from '../../src/report/markdown-escape.ts';
import * as fc from '../support/properties.ts';
import * as make from '../support/results.ts';
import { EXPLAINED, manyUnits } from './explained.ts';

describe('what a pull request shows', () => {
  test.each(Object.entries(EXPLAINED))('%s', async (name, story) => {
    await expect(markdown(story(), {})).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('begins with the verdict', () => {
    const text = markdown(EXPLAINED['explain-major'](), {});
    expect(text.split('\n', 1)).toEqual(['**MEDIUM** `a1b2c3d4` \\[App: wecare\\] Bump image to 5.0.0.0']);
  });

  it('links to the forge whose pipeline it runs in, each line on its side of the commit', () => {
    const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/gitops' };
    expect(markdown(EXPLAINED['explain-major'](), env)).toContain(
      '](<https://github.com/acme/gitops/blob/a1b2c3d4e5f60718293a4b5c6d7e8f9012345678/clients/wecare/shop/overlays/prod/kustomization.yaml#L9>)',
    );
  });

  it('tells what ran on staging, also where nothing asks for it, and once', () => {
    const [asked, other] = ['5.0.0.0 is on staging since 2026-03-01', '1.27 is on staging since 2026-03-02'];
    const verdict = make.verdict('medium', {
      obligations: [make.obligation({ title: 'staging first', state: 'met', evidence: asked })],
    });
    const staging = [asked, other].map(evidence => ({ state: 'met' as const, evidence, units: [] }));
    const text = markdown({ ...EXPLAINED['explain-major'](), verdict, staging }, {});
    expect(text.split('\n').filter(line => line.startsWith('- [x]'))).toEqual([
      '- [x] **staging first**: 5\\.0.0.0 is on staging since 2026-03-01',
      '- [x] **on staging**: 1\\.27 is on staging since 2026-03-02',
    ]);
  });

  it('says how many more files a change was written in', () => {
    const result = EXPLAINED['explain-major']();
    const units = result.units.map(change => ({
      ...change,
      facts: change.facts
        .slice(0, 1)
        .flatMap(fact => [0, 1, 2, 3, 4].map(i => ({ ...fact, span: make.spanAt(`${i}.yaml`, 1) }))),
    }));
    expect(markdown({ ...result, units }, {})).toContain('`2.yaml:1` and 2 more files');
  });

  it('E03 stays within a comment, and names what was cut', () => {
    const finding = (i: number) => make.finding(make.spanAt('a.yaml', i + 1), { message: 'x'.repeat(400) });
    const unknown = (i: number) => ({
      what: `part ${i}`,
      why: 'y'.repeat(400),
      hint: undefined,
      span: undefined,
      units: [],
    });
    const obligation = (i: number) =>
      make.obligation({ title: 'x', state: 'unmet', evidence: `${i} ${'z'.repeat(400)}` });
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    const result = manyUnits(3);
    const units = result.units.map(change => ({
      ...change,
      facts: numbers.flatMap(i =>
        change.facts.map(fact => ({ ...fact, subject: `${i} ${'w'.repeat(400)}`, to: `${i}` })),
      ),
    }));
    const verdict = { ...result.verdict, obligations: numbers.map(obligation) };
    const text = markdown(
      { ...result, units, verdict, findings: numbers.map(finding), unknowns: numbers.map(unknown) },
      {},
    );
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/so these parts are not here: what is not known. `deploy-lint/);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});

const HOSTILE = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'<>&`*_[]()|!#@\\:/~"\'\n\t -+1.$wGH'.split('')) }),
);

describe('E04 text of others stays text', () => {
  it.each([
    ['@org/team', '\\@<!-- -->org/team'],
    ['fixes #1', 'fixes \\#<!-- -->1'],
    ['GH-1', 'GH<!-- -->-1'],
    ['https://evil.example', 'https:<!-- -->//evil.example'],
    ['[x](javascript:alert)', '\\[x\\]\\(javascript:alert\\)'],
    ['![](//evil.example/?q)', '\\!\\[\\]\\(//evil.example/?q\\)'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['<!-- deploy-lint -->', '&lt;\\!-- deploy-lint --&gt;'],
    ['</details>', '&lt;/details&gt;'],
    ['```mermaid', '\\`\\`\\`mermaid'],
    ['a | b', 'a \\| b'],
    ['$x^2$', '\\$<!-- -->x\\^2\\$<!-- -->'],
    ['===', '\\==='],
    ['a\n# b', 'a\\\\n\\#<!-- --> b'],
    ['/approve', '/<!-- -->approve'],
    [':tada: at 12:30', ':<!-- -->tada: at 12:30'],
    ['of a5c3785ed8d6a358', 'of a5c378<!-- -->5ed8d6<!-- -->a358'],
  ])('%s', (text, shown) => {
    expect(markdownText(text)).toBe(shown);
  });

  it('does not end the code that it stands in', () => {
    fc.assert(
      fc.property(HOSTILE, text => {
        const [fence = ''] = /^`*/.exec(markdownCode(text)) ?? [];
        const inside = markdownCode(text).slice(fence.length, -fence.length || undefined);
        expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        expect(inside).not.toMatch(/[\n\r]/);
        const [first = '', ...lines] = markdownBlock('', [text]).split('\n');
        expect(lines.filter(line => line.trim().startsWith(first))).toEqual([first]);
      }),
    );
  });

  it('is a label and nothing else in a drawing', () => {
    fc.assert(
      fc.property(HOSTILE, text => {
        expect(mermaidLabel(text)).toMatch(/^(?:[\w ./,+-]|#\d+;)*$/);
      }),
    );
  });
});
