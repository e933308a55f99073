import { ContentError, type Tree, type TreeEntry } from '../git/tree.ts';
import { canonicalJson, shortDigest } from '../kustomize/helm.ts';
import { baseName, resolvePath } from '../kustomize/paths.ts';
import type { Gap } from '../kustomize/rendered.ts';
import { at, type MapNode, type Span, startOf, text, toJson } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { kustomizeOverrides } from './applications.ts';
import { documentsOf } from './evaluate-sets.ts';
import { parameterFiles } from './reach.ts';
import type { Application, ApplicationSource } from './unit.ts';

/** A source in another repository or a registry: a chart, or a folder. */
export function opaqueGaps({ repoURL, chart, path, targetRevision }: ApplicationSource, node: MapNode): Gap[] {
  const address = repoURL.replace(/\/+$/, '');
  if (chart !== undefined) {
    return [{ kind: 'helm-chart', what: `${address}/${chart}`, version: targetRevision, span: node.span }];
  }
  // A source with `ref` alone lends its value files to the others and applies nothing.
  if (path === undefined) return [];
  return [{ kind: 'remote-base', what: `${address}//${path}`, version: targetRevision, span: node.span }];
}

/**
 * A chart of this repository: its own version and what it is filled in with, and each of its other files, which cannot be
 * filled in here.
 *
 * @param overrides The value files besides its own.
 */
export async function chartGaps(
  tree: Tree,
  folder: string,
  span: Span,
  overrides: readonly string[] = [],
): Promise<Gap[]> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const [chart] = (await documentsOf(tree, `${prefix}Chart.yaml`)) ?? [];
  const version = text(chart, 'version');
  const appVersion = text(chart, 'appVersion');
  const gap = { kind: 'helm-chart', what: folder, version, appVersion, span: chart?.span ?? span } as const;
  const values = [...new Set([`${prefix}values.yaml`, ...overrides])];
  const files = (await chartFiles(tree, folder)).filter(({ path }) => !values.includes(path));
  return [
    await filledIn(tree, gap, values),
    ...files.map(({ path, oid }): Gap => {
      const what = `${path.slice(prefix.length)} of the chart ${folder === '' ? '.' : baseName(folder)}`;
      return { kind: 'unsupported', what, version: oid, span: startOf(path) };
    }),
  ];
}

/** Files that no template reads: hidden ones, and what is written for people. */
const UNREAD = /^\.|\.md$|^LICENSE|^OWNERS$/;

/** The files that may be a part of what a chart renders. */
async function chartFiles(tree: Tree, folder: string): Promise<TreeEntry[]> {
  const files: TreeEntry[] = [];
  const queue = [folder];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of (await tree.list(next)) ?? []) {
      if (UNREAD.test(baseName(entry.path))) continue;
      if (entry.mode === 'directory') queue.push(entry.path);
      else files.push(entry);
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A chart with what those of the value files make of it that are here. */
export async function filledIn(tree: Tree, gap: Gap, files: readonly string[]): Promise<Gap> {
  const entries = await Promise.all(files.map(async path => ({ path, entry: await tree.entry(path) })));
  const parts = entries.flatMap(({ path, entry }) => (isFile(entry) ? [{ path, entry }] : []));
  if (parts.length === 0) return gap;
  const values = shortDigest(parts.map(({ entry }) => entry.oid).join());
  const read = parts.map(async ({ path, entry }) => ({ path, bytes: await contentOf(tree, entry) }));
  const known = (await Promise.all(read)).flatMap(({ path, bytes }) => (bytes === undefined ? [] : [{ path, bytes }]));
  return { ...gap, values, ...(known.length === parts.length ? { given: { parts: known, rest: '' } } : {}) };
}

function isFile(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry?.mode === 'file' || entry?.mode === 'executable';
}

async function contentOf(tree: Tree, entry: TreeEntry): Promise<Buffer | undefined> {
  try {
    return await tree.read(entry);
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}

/**
 * What Argo CD puts on top of a folder of this repository and is not applied here, so that only a change of it counts:
 * files of parameters, and `source.kustomize` unless the folder is built with it; then `applied` are the files that are.
 */
export async function overrideGaps(
  tree: Tree,
  application: Application,
  folder: string,
  node: MapNode,
  applied?: readonly string[],
): Promise<Gap[]> {
  const { name } = application;
  const files = parameterFiles(application).map(file => (folder === '' ? file : `${folder}/${file}`));
  const unapplied = files.filter(file => applied?.includes(file) !== true);
  const gaps = await contentGaps(tree, unapplied, path => `overrides in ${path}`, node);
  const overrides = applied === undefined ? kustomizeOverrides(node) : [];
  const kustomize = at(node, 'kustomize');
  if (overrides.length > 0 && kustomize !== undefined) {
    const version = shortDigest(canonicalJson(overrides.map(([key, { value }]) => [key, toJson(value)])));
    gaps.push({ kind: 'unsupported', what: `source.kustomize of ${name}`, version, span: kustomize.span });
  }
  const plugin = at(node, 'plugin');
  if (plugin !== undefined) {
    const version = shortDigest(canonicalJson(toJson(plugin)));
    gaps.push({ kind: 'plugin', what: text(plugin, 'name') ?? 'plugin', version, span: plugin.span });
  }
  return gaps;
}

async function contentGaps(
  tree: Tree,
  files: readonly string[],
  what: (path: string) => string,
  { span }: MapNode,
): Promise<Gap[]> {
  const gaps = files.map(async (path): Promise<Gap[]> => {
    const entry = await tree.entry(path);
    return entry === undefined ? [] : [{ kind: 'unsupported', what: what(path), version: entry.oid, span }];
  });
  return (await Promise.all(gaps)).flat();
}

/** A source whose folder is not there: Argo CD cannot sync the Application. */
export function missingFolder({ name }: Application, folder: string, node: MapNode): Problem {
  const span: Span = at(node, 'path')?.span ?? node.span;
  const where = JSON.stringify(folder);
  return resolvePath('', folder) === undefined
    ? {
        code: 'path-leaves-repository',
        message: `${name} takes its source from ${where}, outside the repository`,
        span,
      }
    : { code: 'file-not-in-tree', message: `${name} takes its source from ${where}, which is no folder here`, span };
}
