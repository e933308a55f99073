import { idLabel } from '../src/kubernetes/object.ts';
import { ignoredSettings } from '../src/kubernetes/sync-settings.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'sync-setting-ignored',
  title: 'A hook, wave or option of a sync that Argo CD does not know',
  severity: 'error',
  why: 'Argo CD passes over it and reports a successful sync, so that a hook never runs, an order is not kept, or what should stay is pruned.',
  fix: 'Write it as the documentation of Argo CD has it, in which large and small letters count.',

  on: 'state',
  alone: true,
  *check({ objects }) {
    for (const object of objects) {
      for (const { path, because, meant, certain } of ignoredSettings(object)) {
        const question = meant === undefined ? '' : `; did you mean ${meant}?`;
        yield {
          message: `${idLabel(object.id)}: ${because}${question}`,
          at: { object, path },
          severity: certain ? 'error' : 'warning',
        };
      }
    }
  },
});
