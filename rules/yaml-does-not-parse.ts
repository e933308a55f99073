import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'yaml-does-not-parse',
  title: 'A file is not valid YAML',
  severity: 'error',
  why: 'kubectl and kustomize refuse the file, so nothing of the application is synced until it is repaired.',
  fix: 'Repair the line; an editor that knows YAML shows the same place.',

  on: 'state',
  check: problemsOf('yaml-does-not-parse'),
});
