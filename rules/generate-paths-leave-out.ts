import { isWatched, misplacedPath } from '../src/gitops/generate-paths.ts';
import { folderOf } from '../src/kustomize/paths.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, text } from '../src/yaml/node.ts';

const ANNOTATION = 'argocd.argoproj.io/manifest-generate-paths';

export default defineRule({
  id: 'generate-paths-leave-out',
  title: 'An Application that does not notice when files change that it is made from',
  severity: 'error',
  why: 'With `manifest-generate-paths` Argo CD keeps what it built before unless a commit touches one of the paths, so a change of the other files does not reach the cluster.',
  fix: 'Add the folders to the annotation, divided by semicolons, such as `.;../../base`.',

  on: 'state',
  *check({ manifest, files }, { application }) {
    const annotation = text(manifest, 'metadata', 'annotations', ANNOTATION);
    const node = at(manifest, 'metadata', 'annotations', ANNOTATION);
    if (application === undefined || annotation === undefined || node === undefined || annotation.includes('{{'))
      return;
    const unwatched = files.filter(file => !isWatched(file, annotation, application.sources));
    // By folder: one more file in it is no other mistake.
    const folders = [...new Set(unwatched.map(folderOf))].sort();
    const [first] = folders;
    if (first === undefined) return;
    const more = folders.length === 1 ? '' : ` and ${folders.length - 1} more`;
    const misplaced = misplacedPath(annotation, application.sources);
    const where = first === '' ? 'the root' : first;
    yield {
      message: `${application.name} is made from files in ${where}${more}, and is built anew only for changes in ${misplaced?.meant ?? annotation}`,
      at: { span: node.span },
      ...(misplaced && {
        fix: `Write /${misplaced.item}: without the slash a path starts in the folder of the source.`,
      }),
    };
  },
});
