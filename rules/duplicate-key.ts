import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'duplicate-key',
  title: 'A key is written twice in one mapping',
  severity: 'warning',
  why: 'Readers differ in which value wins and kustomize refuses such a resource, so one of the two lines says something that the cluster does not run.',
  fix: 'Keep the line that is meant and delete the other.',

  on: 'state',
  check: problemsOf('duplicate-key'),
});
