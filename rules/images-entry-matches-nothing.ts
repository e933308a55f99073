import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'images-entry-matches-nothing',
  title: 'An entry of `images:` that matches no image',
  severity: 'warning',
  why: 'kustomize ignores the entry without a word, so the tag that it pins is never deployed.',
  fix: 'Use the name as the manifests have it, registry included and after the renames of the base; or delete the entry.',

  on: 'state',
  check: problemsOf('images-entry-matches-nothing'),
});
