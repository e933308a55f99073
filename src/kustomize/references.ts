import { at, entries, items, type MapNode, type Node, type ScalarNode, type Span, text } from '../yaml/node.ts';
import { conform } from './conform.ts';
import { KUSTOMIZATION_FIELDS } from './kustomization-fields.ts';
import { resolvePath } from './paths.ts';
import { isRemote, type Remote, remoteOf } from './remote.ts';

/** The names under which kustomize finds a kustomization; a folder has exactly one of them. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** One path or address in a kustomization.yaml, where it stands, and what kustomize takes it for. */
export interface Named {
  readonly text: string;
  readonly span: Span;
  /** `root`: a file of objects or a folder; `component`: a folder; `file`: a file in or below the folder. */
  readonly as: 'root' | 'component' | 'file';
}

/** Everything outside of itself that a kustomization.yaml names. */
export interface References {
  /** From the repository's root, sorted, without those that lead out of it. Files and folders, whether they exist or not. */
  readonly paths: readonly string[];
  readonly remotes: readonly (Remote & { readonly span: Span })[];
}

/** What a kustomization.yaml in `folder` with this content names; nothing for a node that is no mapping. */
export function references(root: Node, folder: string): References {
  if (root.kind !== 'map') return { paths: [], remotes: [] };
  const paths = new Set<string>();
  const remotes: (Remote & { span: Span })[] = [];
  for (const name of namesIn(conform(root, KUSTOMIZATION_FIELDS, []))) {
    if (isRemote(name.text)) {
      remotes.push({ ...remoteOf(name.text), span: name.span });
      continue;
    }
    const path = resolvePath(folder, name.text);
    if (path !== undefined) paths.add(path);
  }
  return { paths: [...paths].sort(), remotes };
}

/** The same for a conformed kustomization, in the order of kustomize's fields. */
export function namesIn(root: MapNode): Named[] {
  const named: Named[] = [];
  const add = (node: Node | undefined, as: Named['as'], of = (text: string) => text) => {
    if (node?.kind === 'scalar' && typeof node.value === 'string')
      named.push({ text: of(node.value), span: node.span, as });
  };
  for (const field of ['resources', 'bases']) for (const item of items(at(root, field))) add(item, 'root');
  for (const item of items(at(root, 'components'))) add(item, 'component');
  for (const field of ['generators', 'transformers', 'validators'])
    for (const item of items(at(root, field))) if (!isInline(item)) add(item, 'root');
  for (const item of items(at(root, 'patchesStrategicMerge'))) if (!isInline(item)) add(item, 'file');
  for (const field of ['patches', 'patchesJson6902', 'replacements'])
    for (const item of items(at(root, field))) add(at(item, 'path'), 'file');
  for (const field of ['configMapGenerator', 'secretGenerator']) {
    for (const item of items(at(root, field))) {
      for (const file of items(at(item, 'files'))) add(file, 'file', pathOfFileSource);
      for (const file of items(at(item, 'envs'))) add(file, 'file');
      add(at(item, 'env'), 'file');
    }
  }
  for (const field of ['configurations', 'crds']) for (const item of items(at(root, field))) add(item, 'file');
  add(at(root, 'openapi', 'path'), 'file');
  for (const field of ['helmCharts', 'helmChartInflationGenerator'])
    for (const chart of items(at(root, field))) for (const file of valuesFiles(chart)) add(file, 'file');
  return named;
}

/** Whether an entry that may be a path or a document is a document. */
export function isInline(node: Node): node is ScalarNode {
  return node.kind === 'scalar' && typeof node.value === 'string' && /\n|^\s*\{/.test(node.value.trim());
}

/** `key=path` names a path and the key that its content gets. */
export function pathOfFileSource(source: string): string {
  return source.slice(source.indexOf('=') + 1);
}

function valuesFiles(chart: Node): Node[] {
  const files = [...items(at(chart, 'additionalValuesFiles'))];
  for (const [key, entry] of entries(chart)) {
    const isFile = key === 'valuesFile' || (key === 'values' && text(chart, 'chartName') !== undefined);
    if (isFile) files.push(entry.value);
  }
  return files;
}
