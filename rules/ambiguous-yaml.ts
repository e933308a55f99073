import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'ambiguous-yaml',
  title: 'A text that kubectl and kustomize read differently',
  severity: 'warning',
  why: 'What is deployed depends on the reader, so a review of the text does not tell what the cluster gets.',
  fix: 'Write the value so that every reader agrees, with quotes where a word could be a number or a boolean.',

  on: 'state',
  check: problemsOf('ambiguous-yaml'),
});
