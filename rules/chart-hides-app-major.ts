import { compareTags } from '../src/image/version.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'chart-hides-app-major',
  title: 'A small step of a chart with a large one of the application in it',
  severity: 'warning',
  why: 'A chart has a version of its own, and a patch of the chart may bring a major of what it installs, with its migrations and its way of no return.',
  fix: 'Read the notes of the application between the two versions, and treat the commit as that step.',

  on: 'change',
  *check({ before, after }) {
    for (const now of after?.gaps ?? []) {
      const old = before?.gaps.find(gap => gap.kind === 'helm-chart' && gap.what === now.what);
      if (old?.version === undefined || now.version === undefined || now.kind !== 'helm-chart') continue;
      if (old.appVersion === undefined || now.appVersion === undefined) continue;
      const chart = compareTags(old.version, now.version).move;
      const app = compareTags(old.appVersion, now.appVersion).move;
      if (chart === 'major' || (app !== 'major' && app !== 'downgrade') || chart === app) continue;
      const step = app === 'major' ? 'a major' : 'a downgrade';
      yield {
        message: `the application of the chart goes from ${old.appVersion} to ${now.appVersion} (${step}), and the chart from ${old.version} to ${now.version} (${chart})`,
        at: { span: now.span },
      };
    }
  },
});
