import { unusualStep } from '../src/change/upgrade-steps.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'version-cannot-go-back',
  title: 'An older minor of what does not go back',
  severity: 'error',
  why: 'The newer version has already converted what it stores, and the older one does not read it or refuses to start.',
  fix: 'Repair on the version that runs, or restore a backup from before the upgrade.',

  on: 'change',
  *check({ facts }) {
    for (const fact of facts) {
      const step = unusualStep(fact);
      if (step?.kind !== 'back') continue;
      const { of, from, to, nodesOnly } = step;
      yield {
        message: `${of.name} goes back from ${from} to ${to}`,
        at: { span: fact.span },
        severity: nodesOnly ? 'warning' : 'error',
        fix: nodesOnly
          ? 'See that the nodes stay within three minors of the control plane, and that the provider takes the step.'
          : `${of.because} Repair on ${from}, or restore a backup from before the upgrade.`,
      };
    }
  },
});
