import type { Tree } from '../git/tree.ts';
import { canonicalJson, shortDigest } from '../kustomize/helm.ts';
import { resolvePath } from '../kustomize/paths.ts';
import type { Gap } from '../kustomize/rendered.ts';
import { mergePatch } from '../yaml/merge-patch.ts';
import { at, items, type MapEntry, type MapNode, type Node, scalar, text, toJson } from '../yaml/node.ts';
import { documentsOf } from './evaluate-sets.ts';
import { type KustomizationEdit, kustomizationEdit } from './kustomization-edit.ts';
import { parameterFiles } from './reach.ts';
import type { Application, ApplicationSource } from './unit.ts';

/** A source with what the files of parameters in its folder set merged over it. */
export interface MergedSource {
  readonly node: MapNode;
  /** The files of parameters that set nothing but what is applied here. */
  readonly files: readonly string[];
}

/** What files of parameters set that is applied here; the rest is for charts and plugins. */
const APPLIED = ['kustomize', 'directory'];

/**
 * First `.argocd-source.yaml`, then that of the Application (reposerver/repository, mergeSourceParameters).
 * What the source is and where it lies stays as the Application has it.
 */
export async function mergedSource(
  tree: Tree,
  application: Application,
  folder: string,
  source: MapNode,
): Promise<MergedSource> {
  const fields = new Map(source.entries);
  const files: string[] = [];
  for (const file of parameterFiles(application)) {
    const path = folder === '' ? file : `${folder}/${file}`;
    const [document] = (await documentsOf(tree, path)) ?? [];
    for (const field of APPLIED) {
      const entry = document?.kind === 'map' ? document.entries.get(field) : undefined;
      if (entry !== undefined)
        fields.set(field, { ...entry, value: mergePatch(fields.get(field)?.value, entry.value) });
    }
    if (document?.kind === 'map' && [...document.entries.keys()].every(key => APPLIED.includes(key))) files.push(path);
  }
  return { node: { ...source, entries: fields }, files };
}

/** What Argo CD writes into a folder's kustomization for an Application before it builds it. */
export interface SourceEdit {
  /** Undefined where it writes nothing. */
  readonly edit: KustomizationEdit | undefined;
  /** What it writes that a set fills in with values which are not known from here. */
  readonly gaps: readonly Gap[];
}

/** @param node The source with its parameters. */
export async function sourceEdit(
  tree: Tree,
  application: Application,
  source: ApplicationSource,
  node: MapNode,
): Promise<SourceEdit> {
  const kustomize = at(node, 'kustomize');
  if (kustomize?.kind !== 'map' || kustomize.entries.size === 0) return { edit: undefined, gaps: [] };
  const [known, gaps] = apart(await withoutMissing(tree, source.path ?? '', kustomize), application);
  const { source: text, start, end } = kustomize.span;
  const key = canonicalJson([text.file, start, text.text.slice(start, end), application.name, toJson(known)]);
  return { edit: kustomizationEdit(known, key, environment(application, source)), gaps };
}

/** The fields that are known, and a gap for those in which a parameter of the set is left. */
function apart(kustomize: MapNode, { name }: Application): [known: MapNode, gaps: Gap[]] {
  const known = new Map<string, MapEntry>();
  const gaps: Gap[] = [];
  for (const [field, entry] of kustomize.entries) {
    const json = canonicalJson(toJson(entry.value));
    const { span } = entry.value;
    if (!json.includes('{{')) known.set(field, entry);
    else gaps.push({ kind: 'unsupported', what: `${field} of ${name}`, version: shortDigest(json), span });
  }
  return [{ ...kustomize, entries: known }, gaps];
}

/** With `ignoreMissingComponents`, without the components that are not there. */
async function withoutMissing(tree: Tree, folder: string, kustomize: MapNode): Promise<MapNode> {
  const components = kustomize.entries.get('components');
  if (components === undefined || scalar(kustomize, 'ignoreMissingComponents') !== true) return kustomize;
  const there: Node[] = [];
  for (const item of items(components.value)) {
    const path = resolvePath(folder, text(item) ?? '');
    if (path !== undefined && (await tree.entry(path)) !== undefined) there.push(item);
  }
  const value: Node = { kind: 'seq', items: there, span: components.value.span };
  return { ...kustomize, entries: new Map([...kustomize.entries, ['components', { ...components, value }]]) };
}

/**
 * The variables that values may name (reposerver/repository, newEnv). Those of the revision are left as they are written:
 * they differ from commit to commit whatever a commit changes.
 */
function environment(
  { name, qualifiedName, namespace, project }: Application,
  source: ApplicationSource,
): Map<string, string> {
  const revisions = ['ARGOCD_APP_REVISION', 'ARGOCD_APP_REVISION_SHORT', 'ARGOCD_APP_REVISION_SHORT_8'];
  return new Map([
    ['ARGOCD_APP_NAME', qualifiedName ?? name],
    ['ARGOCD_APP_NAMESPACE', namespace],
    ['ARGOCD_APP_PROJECT_NAME', project],
    ['ARGOCD_APP_SOURCE_REPO_URL', source.repoURL],
    ['ARGOCD_APP_SOURCE_PATH', source.path ?? ''],
    ['ARGOCD_APP_SOURCE_TARGET_REVISION', source.targetRevision ?? ''],
    ...revisions.map(variable => [variable, `$${variable}`] as const),
  ]);
}
