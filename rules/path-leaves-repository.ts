import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'path-leaves-repository',
  title: 'A path that leads out of the repository',
  severity: 'error',
  why: 'Argo CD has only the repository, so the build fails there even where it works on one machine.',
  fix: 'Move the file into the repository, or name it by a path inside it.',

  on: 'state',
  check: problemsOf('path-leaves-repository'),
});
