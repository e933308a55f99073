import type { Fact } from '../src/change/fact.ts';
import { defineRule } from '../src/rule/rule.ts';
import type { Span } from '../src/yaml/node.ts';

export default defineRule({
  id: 'major-tag-not-on-staging',
  title: 'A major version in production that staging has not run',
  severity: 'warning',
  why: 'A major may need a migration or drop what others rely on, and production is the first place where that would show.',
  fix: 'Move staging to the version first, see that it works, then move production.',

  on: 'change',
  *check({ unit, facts }, { staging }) {
    if (unit.environment !== 'production') return;
    // Images that make one step, such as those of one code base, are one mistake.
    const steps = new Map<string, { readonly images: Set<string>; readonly span: Span; readonly fix: string }>();
    for (const { subject, from, to, span } of facts.filter(isMajor)) {
      if (to === undefined) continue;
      const evidence = staging.of(unit.key, subject, to);
      // One that has not been there for long enough is an obligation, and no mistake.
      if (evidence.state !== 'unmet' || (evidence.stay !== undefined && !evidence.stay.takenBack)) continue;
      const there = evidence.tags.length === 0 ? '' : ` (there: ${evidence.tags.join(', ')})`;
      const run = evidence.stay === undefined ? 'has not run' : 'has taken back';
      const step = `from ${from} to ${to}, which ${evidence.sibling} ${run}${there}`;
      const fix = `Move ${evidence.sibling} to ${to} first, see that it works, then move production.`;
      const known = steps.get(step) ?? { images: new Set(), span, fix };
      steps.set(step, known);
      known.images.add(subject);
    }
    for (const [step, { images, span, fix }] of steps) {
      const move = images.size === 1 ? 'moves' : 'move';
      yield { message: `${[...images].join(' and ')} ${move} ${step}`, at: { span }, fix };
    }
  },
});

function isMajor({ kind, move }: Fact): boolean {
  return (kind === 'image' && move === 'major') || (kind === 'database' && move === 'series');
}
