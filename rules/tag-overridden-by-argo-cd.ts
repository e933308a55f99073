import { parseReference } from '../src/image/reference.ts';
import { readTag } from '../src/image/tag.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, historyOf, type ScalarNode } from '../src/yaml/node.ts';

export default defineRule({
  id: 'tag-overridden-by-argo-cd',
  title: 'An image tag that Argo CD replaces with another',
  severity: 'error',
  why: 'Argo CD sets the image on top of what the folder says, so the tag that is written there is not deployed, and a bump of it changes nothing.',
  fix: 'Bump the image where Argo CD takes it from, or take it out there so that the folder decides.',

  on: 'state',
  *check({ objects }, { application }) {
    if (application === undefined) return;
    const isOverride = ({ span }: ScalarNode) =>
      span.source.file === application.file || isParameters(span.source.file);
    for (const object of objects) {
      for (const { imagePath } of containers(object)) {
        const node = at(object.root, ...imagePath);
        if (node?.kind !== 'scalar' || !isOverride(node)) continue;
        const written = historyOf(node).find(value => !isOverride(value));
        const [folder, deployed] = [written, node].map(value => parseReference(String(value?.value ?? '')));
        if (written === undefined || folder?.tag === undefined || folder.tag === deployed?.tag) continue;
        if (readTag(folder.tag).scheme === 'word') continue;
        const { file } = node.span.source;
        // Image Updater writes its file at each new tag, which is no new mistake.
        const by = isParameters(file)
          ? nameOf(file)
          : `Application ${application.name}, which sets ${versionOf(deployed)}`;
        yield {
          message: `${folder.tag} of ${folder.repository} is not deployed: it is overridden by ${by}`,
          at: { span: written.span },
          severity: isParameters(file) ? 'warning' : 'error',
        };
      }
    }
  },
});

function versionOf(deployed: ReturnType<typeof parseReference>): string {
  return deployed?.tag ?? deployed?.digest ?? 'latest';
}

function isParameters(file: string): boolean {
  return nameOf(file).startsWith('.argocd-source');
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
