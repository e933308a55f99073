import type { Tree } from '../git/tree.ts';
import { compileGlob } from '../kustomize/glob.ts';
import { folderOf } from '../kustomize/paths.ts';
import type { Gap } from '../kustomize/rendered.ts';
import { startOf } from '../yaml/node.ts';
import { isManifestName } from './facts.ts';
import { holdsObjects, readOrUndefined } from './manifests.ts';
import { isScaffold } from './scaffold.ts';
import type { Unit } from './unit.ts';
import { folderUnit } from './units.ts';
import { foldersAbove, isChart, type View } from './view.ts';

/** `values.yaml`, `values-prod.yaml`, `storefront-values.yml`: what Helm's users call files of values. */
const VALUES = /(?:^|\/)(?:values(?:[.-][^/]*)?|[^/]*[.-]values)\.ya?ml$/;

/**
 * The unit of a file of values that nothing here names, or only a set whose Applications the cluster alone knows. Charts
 * are filled in from elsewhere as well, so that nothing says that nobody deploys it. Folders with a dot are for tools
 * that look there by themselves.
 */
export async function strayValues(view: View, path: string): Promise<Unit | undefined> {
  if (!(VALUES.test(path) || isFilledIn(view, path)) || /(?:^|\/)\.[^/]*\//.test(path) || isScaffold(folderOf(path)))
    return undefined;
  if (foldersAbove(path).some(folder => isChart(view, folder))) return undefined;
  const entry = await view.tree.entry(path);
  if (entry?.mode !== 'file' && entry?.mode !== 'executable') return undefined;
  return folderUnit(view, 'manifests', path, { folder: folderOf(path), files: [path] });
}

function isFilledIn({ index }: View, path: string): boolean {
  if (!isManifestName(path)) return false;
  return index.marked('applications').some(file => {
    const facts = index.facts(file);
    const patterns = facts?.kind === 'applications' ? (facts.valuePatterns ?? []) : [];
    return patterns.some(pattern => compileGlob(pattern)(path));
  });
}

/** What the values of such a unit fill in; undefined for any other unit. */
export async function strayValueGap(tree: Tree, { name, files = [] }: Unit): Promise<Gap | undefined> {
  const [path = '', ...others] = files;
  if (path !== name || others.length > 0) return undefined;
  const isValues = VALUES.test(path) || !(await holdsObjects(tree, path));
  const entry = isValues ? await tree.entry(path) : undefined;
  if (entry === undefined) return undefined;
  const bytes = await readOrUndefined(tree, entry);
  const given = bytes && { given: { parts: [{ path, bytes }], rest: '' } };
  return { kind: 'helm-chart', what: path, version: undefined, values: entry.oid, ...given, span: startOf(path) };
}
