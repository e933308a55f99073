import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'major-tag-not-on-staging',
  title: 'A major version in production that staging has not run',
  severity: 'warning',
  why: 'A major may need a migration or drop what others rely on, and production is the first place where that would show.',
  fix: 'Move staging to the version first, see that it works, then move production.',

  on: 'change',
  *check({ unit, facts }, { staging }) {
    if (unit.environment !== 'production') return;
    for (const fact of facts) {
      const isMajor =
        (fact.kind === 'image' && fact.move === 'major') || (fact.kind === 'database' && fact.move === 'series');
      if (!isMajor || fact.to === undefined) continue;
      const evidence = staging.of(unit.key, fact.subject, fact.to);
      if (evidence.state !== 'unmet') continue;
      const there = evidence.tags.length === 0 ? '' : ` (there: ${evidence.tags.join(', ')})`;
      yield {
        message: `${fact.subject} moves from ${fact.from} to ${fact.to}, which ${evidence.sibling} has not run${there}`,
        at: { span: fact.span },
        fix: `Move ${evidence.sibling} to ${fact.to} first, see that it works, then move production.`,
      };
    }
  },
});
