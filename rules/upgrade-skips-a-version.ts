import { unusualStep } from '../src/change/upgrade-steps.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'upgrade-skips-a-version',
  title: 'An upgrade over more than one minor of what takes one at a time',
  severity: 'error',
  why: 'What a minor migrates is written for the one before it; skipped, the upgrade is refused or leaves data behind that the new version does not read.',
  fix: 'Go to the next minor first, see that everything is healthy, then go on.',

  on: 'change',
  *check({ facts }) {
    for (const fact of facts) {
      const step = unusualStep(fact);
      if (step?.kind !== 'skip' || step.nodesOnly) continue;
      const { of, from, to } = step;
      yield {
        message: `${of.name} goes from ${from} to ${to} in one step`,
        at: { span: fact.span },
        severity: of.skip ?? 'error',
        fix: `${of.because} Take each minor between ${from} and ${to} as a commit of its own.`,
      };
    }
  },
});
