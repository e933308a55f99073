import { parseReference } from '../src/image/reference.ts';
import { readTag } from '../src/image/tag.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'tag-can-move',
  title: 'An image whose tag names other content from one day to the next',
  severity: 'warning',
  why: 'No commit says when the image changes: a pod that starts anew may run other code than its neighbour, and git revert does not bring the old code back.',
  fix: 'Write the version, or the digest beside the tag.',

  on: 'state',
  *check({ objects, gaps }, { environment }) {
    // A staging that follows a branch is meant to.
    if (environment === 'staging' || environment === 'development') return;
    for (const object of objects) {
      for (const { image = '', imagePath } of containers(object)) {
        const reference = parseReference(image);
        if (reference === undefined || reference.digest !== undefined) continue;
        // What stands in for the image may be set where this build does not reach.
        if (reference.tag === undefined && gaps.length > 0) continue;
        if (readTag(reference.tag ?? 'latest').scheme !== 'word') continue;
        const tag = reference.tag === undefined ? 'no tag, which is latest' : `the tag ${reference.tag}`;
        yield {
          message: `${reference.repository} has ${tag}`,
          at: { object, path: imagePath },
          severity: environment === 'production' ? 'warning' : 'info',
        };
      }
    }
  },
});
