import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'tag-is-a-number',
  title: 'An image tag that YAML reads as a number',
  severity: 'error',
  why: 'kustomize wants a string and refuses the build; where it does not, 1.10 becomes 1.1.',
  fix: 'Put the tag in quotes.',

  on: 'state',
  check: problemsOf('tag-is-a-number'),
});
