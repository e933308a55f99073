import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'file-not-in-tree',
  title: 'A file that is named does not exist in the commit',
  severity: 'error',
  why: 'The build fails for everyone but the author, whose working directory may still have the file.',
  fix: 'Add the file to the commit, or correct the path.',

  on: 'state',
  check: problemsOf('file-not-in-tree'),
});
