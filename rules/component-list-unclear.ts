import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'component-list-unclear',
  title: 'An entry of the component list that cannot be used',
  severity: 'warning',
  why: 'The update script skips it or takes one of two, and nobody hears of new versions of the component.',
  fix: 'Give every component one entry with its name, its version and its file.',

  on: 'repository',
  meets: () => [],
  *check(_states, { here }) {
    for (const { message, span } of here.tracked.problems) yield { message, at: { span } };
  },
});
