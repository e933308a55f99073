import { yamlFilesWith } from '../git/files-with.ts';
import type { Tree } from '../git/tree.ts';
import { createRenderer, type Renderer } from '../kustomize/renderer.ts';
import type { SharedBuilds } from '../kustomize/shared-builds.ts';
import { at, entries, type Node, text } from '../yaml/node.ts';
import { parseFile } from '../yaml/parse-file.ts';

/** What lifts kustomize's rule that files are read in and below the folder of the kustomization alone. */
const NO_RESTRICTION = 'LoadRestrictionsNone';

const known = new WeakMap<Tree, Promise<boolean>>();

/** Renders as the Argo CD does that the tree sets up. */
export function rendererOf(tree: Tree, shared?: SharedBuilds): Renderer {
  return createRenderer(tree, { shared, readsAnyFolder: () => readsAnyFolder(tree) });
}

/**
 * Whether an Argo CD that the tree sets up lets kustomize read files of any folder. Looks through the whole tree, and is
 * therefore asked only where the answer decides.
 *
 * https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/#kustomize-build-options-parameters
 */
export function readsAnyFolder(tree: Tree): Promise<boolean> {
  const answer = known.get(tree) ?? isAnyUnrestricted(tree);
  known.set(tree, answer);
  return answer;
}

async function isAnyUnrestricted(tree: Tree): Promise<boolean> {
  const files = await yamlFilesWith(tree, [NO_RESTRICTION]);
  return files
    .flatMap(({ path, bytes }) => parseFile(path, bytes, 'kubectl').parsed.documents)
    .flatMap(buildOptions)
    .some(options => options.includes(NO_RESTRICTION));
}

/** Of the ConfigMap `argocd-cm`, or a patch of it; of the operator's ArgoCD; of the values of the Helm chart. */
function buildOptions(document: Node): string[] {
  const name = text(document, 'metadata', 'name');
  if (text(document, 'kind') === 'ConfigMap') return name === 'argocd-cm' ? stated(at(document, 'data')) : [];
  if (text(document, 'kind') === 'ArgoCD') return [text(document, 'spec', 'kustomizeBuildOptions') ?? ''];
  return valuesOf(document).flatMap(values => [
    ...stated(at(values, 'configs', 'cm')),
    ...stated(at(values, 'server', 'config')),
  ]);
}

/** The chart's values as a file has them, or as those of a chart that depends on it. */
function valuesOf(document: Node): Node[] {
  return [document, ...[...entries(document)].map(([, { value }]) => value)];
}

/** For every version of kustomize, or for one: `kustomize.buildOptions.v5.4.2`. */
function stated(settings: Node | undefined): string[] {
  return [...entries(settings)]
    .filter(([key]) => key.startsWith('kustomize.buildOptions'))
    .flatMap(([, { value }]) => text(value) ?? []);
}
