import { idLabel } from '../src/kubernetes/object.ts';
import { reloaderKeys } from '../src/kubernetes/reloader-annotations.ts';
import { defineRule } from '../src/rule/rule.ts';
import { scalar } from '../src/yaml/node.ts';

export default defineRule({
  id: 'config-change-runs-cronjob',
  title: 'A CronJob that Reloader runs out of its schedule',
  severity: 'warning',
  why: 'Reloader cannot restart a CronJob, so it makes a Job of it at once, at any hour and beside a run that is under way; the next run would have read the new configuration anyway.',
  fix: 'Take the annotation away.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      if (object.id.kind !== 'CronJob' || scalar(object.root, 'spec', 'suspend') === true) continue;
      const [first] = reloaderKeys(object);
      if (first === undefined) continue;
      const message = `${idLabel(object.id)} has ${first.at(-1)}: a change of its configuration runs it at once, whatever ${scalar(object.root, 'spec', 'schedule')} says`;
      yield { message, at: { object, path: first } };
    }
  },
});
