import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { historyJson } from '../../../src/report/history/json.ts';
import { historyPage } from '../../../src/report/history/page.ts';
import { firingsOf, type Past, type PastCommit, type PastFinding } from '../../../src/report/history/past.ts';
import { historyText } from '../../../src/report/history/text.ts';
import { COLOURLESS } from '../../../src/report/line.ts';
import * as fc from '../../support/properties.ts';

const finding = (rule: string, severity: PastFinding['severity'], line: number): PastFinding => ({
  rule,
  severity,
  message: `${rule} at ${line}`,
  location: { file: 'shop/app.yaml', line, column: 3, endLine: line, endColumn: 9 },
});

const commit = (digit: string, own: Partial<PastCommit> = {}): PastCommit => ({
  commit: digit.repeat(40),
  date: '2026-03-16T09:00:00Z',
  title: `Commit ${digit}`,
  level: 'low',
  reasons: ['image patch'],
  findings: [],
  incomplete: [],
  ...own,
});

const PAST: Past = {
  from: '0'.repeat(40),
  to: '4'.repeat(40),
  commits: [
    commit('1', { findings: [finding('b', 'warning', 1), finding('b', 'error', 2), finding('a', 'info', 3)] }),
    commit('2', { level: 'none', reasons: [] }),
    commit('3', { level: 'high', findings: [finding('a', 'info', 4)] }),
    commit('4', { incomplete: ['large.yaml is too large'] }),
  ],
};

describe('how often a rule fired', () => {
  it('counts findings and commits, those of most commits first, with the worst severity and the newest commit', () => {
    const told = firingsOf(PAST.commits).map(({ newest, ...firing }) => ({ ...firing, newest: newest.title }));
    expect(told).toEqual([
      { rule: 'a', severity: 'info', findings: 2, commits: 2, newest: 'Commit 3' },
      { rule: 'b', severity: 'error', findings: 2, commits: 1, newest: 'Commit 1' },
    ]);
  });
});

describe('the history', () => {
  it('in a terminal has a line a commit, one a rule below it, and the sums at the end', () => {
    expect(historyText(PAST, { width: 120, palette: COLOURLESS })).toMatchInlineSnapshot(`
      "low       111111111  2026-03-16  Commit 1
                error    b  b at 1  shop/app.yaml:1 (and 1 more)
                info     a  a at 3  shop/app.yaml:3
      none      222222222  2026-03-16  Commit 2
      high      333333333  2026-03-16  Commit 3
                info     a  a at 4  shop/app.yaml:4
      low       444444444  2026-03-16  Commit 4
                unknown  large.yaml is too large

      4 commits 000000000..444444444  1 high  2 low  1 none  2 without a finding

      Rule        Commits Findings  Newest
      info     a        2        2  333333333  Commit 3
      error    b        1        2  111111111  Commit 1
      "
    `);
  });

  it('says so where there is nothing between the two', () => {
    const nothing = { ...PAST, commits: [] };
    expect(historyText(nothing, { width: 80, palette: COLOURLESS })).toBe('no commits between the two\n');
  });

  it('as JSON is as its schema says', () => {
    const schema = JSON.parse(readFileSync(new URL('../../../schemas/history.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    validate(JSON.parse(historyJson(PAST, '1.2.3')));
    expect(validate.errors).toBeNull();
  });

  it('E06 as a page takes the text of a commit for text', () => {
    const elements = (title: string) =>
      historyPage({ ...PAST, commits: [commit('1', { title, findings: [finding(title, 'error', 1)] })] })
        .replace(/"[^"]*"/g, '""')
        .match(/<[^>]*>/g);
    const plain = elements('x');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'/=`script onload\n\u202e\u0000'.split('')) }), text => {
        expect(elements(`x${text}`)).toEqual(plain);
      }),
      { numRuns: 50 },
    );
    expect(historyPage(PAST)).not.toContain('<script');
  });
});
