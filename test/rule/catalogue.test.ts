import { describe, expect, it } from 'vitest';
import { pageOf, ruleTable } from '../../src/rule/catalogue.ts';
import { defineRule } from '../../src/rule/rule.ts';

const rule = defineRule({
  id: 'a-danger',
  title: 'Something dangerous',
  severity: 'warning',
  why: 'It hurts.',
  fix: 'Stop it.',
  on: 'state',
  check: () => [],
});

describe('the table of rules', () => {
  it('has a line for each, with a link to its page', () => {
    expect(ruleTable([rule])).toBe(
      [
        '| Rule | Severity | What it finds |',
        '| --- | --- | --- |',
        '| [a-danger](rules/a-danger.md) | warning | Something dangerous |',
      ].join('\n'),
    );
  });
});

describe("a rule's page", () => {
  it('has what the module says between the markers, and the rest as it was', () => {
    const page = '# a-danger\n\n<!-- generated -->\nold\n<!-- /generated -->\n\nBy hand.\n';
    const written = pageOf(rule, page);
    expect(written).toContain('# a-danger\n\n<!-- generated -->\n**warning**');
    expect(written).toContain('Something dangerous. It hurts.\n\nFix: Stop it.\n<!-- /generated -->\n\nBy hand.\n');
    expect(written).not.toContain('old');
    expect(pageOf(rule, written ?? '')).toBe(written);
  });

  it('is not written where it has no markers', () => {
    expect(pageOf(rule, '# a-danger\n')).toBeUndefined();
  });
});
