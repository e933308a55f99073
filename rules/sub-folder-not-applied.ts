import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'sub-folder-not-applied',
  title: 'Manifests below the folder of an Application that does not read its sub-folders',
  severity: 'warning',
  why: 'Argo CD applies the files of a plain directory and not those of its sub-folders, so the change never lands, and the Application is in sync all the same.',
  fix: 'Set `directory.recurse: true` in the source of the Application, or move the files up.',

  on: 'state',
  *check({ objects }, { missedBy, name }) {
    const [first] = objects;
    if (missedBy === undefined || first === undefined) return;
    yield {
      message: `nothing applies ${name}: Application ${missedBy.name} reads the folder above it without sub-folders`,
      at: { span: first.root.span },
    };
  },
});
