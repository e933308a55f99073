import { movedPatches } from '../src/change/moved-patches.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'patch-reaches-another-container',
  title: 'A patch by index that changes another container than before',
  severity: 'warning',
  why: 'A JSON patch names a container by its place in the list. Where containers come, go or change places, it sets its values in whatever stands there now, and nothing fails.',
  fix: 'Name the container in a strategic merge patch, which finds it at any place.',

  on: 'change',
  *check({ changes }) {
    for (const change of changes) {
      if (change.kind !== 'modified') continue;
      for (const { pointer, from, to, index, span } of movedPatches(change)) {
        yield {
          message: `${idLabel(change.after.id)}: the patch of ${pointer} reaches container ${to}, and reached ${from} before this commit`,
          at: { span },
          fix:
            index === undefined
              ? `Take the operation out if it was for ${from}, or name ${to} in a strategic merge patch.`
              : `Write ${index} for the index, where ${from} stands now, or name ${from} in a strategic merge patch.`,
        };
      }
    }
  },
});
