import { parseReference } from '../src/image/reference.ts';
import { compareTags } from '../src/image/version.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'tag-moves-digest-stays',
  title: 'A new tag beside the old digest',
  severity: 'error',
  why: 'Where a reference has both, the digest decides: the pods run the old image under the name of the new one.',
  fix: 'Write the digest of the new tag (`crane digest IMAGE:TAG`), or leave the digest out.',

  on: 'change',
  *check({ changes }) {
    for (const change of changes) {
      if (change.kind !== 'modified') continue;
      const old = new Map(containers(change.before).map(({ name, image = '' }) => [name, parseReference(image)]));
      for (const { name, image = '', imagePath } of containers(change.after)) {
        const [before, after] = [old.get(name), parseReference(image)];
        if (before?.digest === undefined || before.digest !== after?.digest || before.tag === after.tag) continue;
        const { move } = compareTags(before.tag, after.tag);
        if (!STEPS.has(move)) continue;
        yield {
          message: `${after.repository} goes from ${before.tag} to ${after.tag}, and keeps the digest ${after.digest.slice(0, 19)} of ${before.tag}`,
          at: { object: change.after, path: imagePath },
        };
      }
    }
  },
});

/** From one version to another. A longer or shorter name of the same version, and a word, may well be the same image. */
const STEPS = new Set<string>(['major', 'minor', 'patch', 'build', 'downgrade', 'suffix']);
