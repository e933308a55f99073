import { problemsOf } from '../src/rule/problems.ts';
import { defineRule } from '../src/rule/rule.ts';

const missing = problemsOf('file-not-in-tree');

export default defineRule({
  id: 'file-not-in-tree',
  title: 'A file that is named does not exist in the commit',
  severity: 'error',
  why: 'The build fails for everyone but the author, whose working directory may still have the file.',
  fix: 'Add the file to the commit, or correct the path.',

  on: 'state',
  *check(rendered, { application }) {
    for (const sighting of missing(rendered)) {
      const isSource = 'span' in sighting.at && sighting.at.span.source.file === application?.file;
      yield isSource
        ? { ...sighting, fix: 'Add the folder, correct the path, or remove the Application too.' }
        : sighting;
    }
  },
});
