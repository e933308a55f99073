import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'allowance-without-effect',
  title: 'A comment or annotation that allows a finding and does not count',
  severity: 'warning',
  why: 'Whoever reads it takes the finding for settled, while it is reported or was never there.',
  fix: 'Take it away, or give it what it lacks.',

  // Allowances are no part of what is applied: src/policy/review.ts finds these where it looks for them.
  on: 'state',
  check: () => [],
});
