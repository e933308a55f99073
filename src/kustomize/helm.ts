import { createHash } from 'node:crypto';
import type { Tree } from '../git/tree.ts';
import { at, items, type Json, type MapNode, type Node, text, toJson } from '../yaml/node.ts';
import { resolvePath } from './paths.ts';
import type { Gap } from './rendered.ts';
import type { Target } from './target.ts';

/** Fields that name the chart itself; all others say how it is filled in. */
const IDENTITY = new Set([
  'name',
  'repo',
  'version',
  'chartName',
  'chartRepoUrl',
  'chartVersion',
  'apiVersion',
  'kind',
  'metadata',
]);

/** The charts that a kustomization inflates, under either of the two fields for them. */
export function chartsOf(root: MapNode): Node[] {
  return [...items(at(root, 'helmCharts')), ...items(at(root, 'helmChartInflationGenerator'))];
}

/** A chart as a gap, with a digest of the values and of a local chart's files. */
export function helmGap(chart: Node, layer: HelmContext): Gap {
  const name = text(chart, 'name') ?? text(chart, 'chartName') ?? '';
  const repo = text(chart, 'repo') ?? text(chart, 'chartRepoUrl');
  const version = text(chart, 'version') ?? text(chart, 'chartVersion');
  const local = repo === undefined ? localFolder(layer.root, layer.folder, name) : undefined;
  const values = digestOf(chart, layer, local);
  const what = repo !== undefined ? `${repo.replace(/\/+$/, '')}/${name}` : (local ?? name);
  return { kind: 'helm-chart', what, version, ...(values === undefined ? {} : { values }), span: chart.span };
}

/** What of a layer the content of its charts depends on. */
export interface HelmContext {
  readonly root: MapNode;
  readonly folder: string;
  readonly targets: ReadonlyMap<string, Target>;
  readonly charts: ReadonlyMap<string, string>;
}

function digestOf(chart: Node, layer: HelmContext, local: string | undefined): string | undefined {
  const parts: string[] = [];
  if (chart.kind === 'map') {
    for (const [field, entry] of chart.entries) {
      if (IDENTITY.has(field)) continue;
      parts.push(`${field}=${canonicalJson(toJson(entry.value))}`);
      for (const file of entry.value.kind === 'seq' ? entry.value.items : [entry.value]) {
        const target = /values/i.test(field) ? layer.targets.get(text(file) ?? '') : undefined;
        if (target?.kind === 'file') parts.push(createHash('sha256').update(target.bytes).digest('hex'));
      }
    }
  }
  const files = local === undefined ? undefined : layer.charts.get(local);
  if (files !== undefined) parts.push(files);
  return parts.length === 0 ? undefined : shortDigest(parts.sort().join('\n'));
}

/** The first twelve digits of a SHA-256: enough to tell two contents of one repository apart. */
export function shortDigest(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

/** JSON with sorted keys: the same text for the same data. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** The folders of charts that have no repository: below `helmGlobals.chartHome`, which is `charts` by default. */
export function chartFolders(root: MapNode, folder: string): string[] {
  return chartsOf(root).flatMap(chart => {
    if (text(chart, 'repo') !== undefined || text(chart, 'chartRepoUrl') !== undefined) return [];
    return localFolder(root, folder, text(chart, 'name') ?? text(chart, 'chartName') ?? '') ?? [];
  });
}

function localFolder(root: MapNode, folder: string, name: string): string | undefined {
  return resolvePath(folder, `${text(root, 'helmGlobals', 'chartHome') ?? 'charts'}/${name}`);
}

/** A digest of the names and contents of all files below the folder; the same for a folder that is not there. */
export async function folderDigest(tree: Tree, folder: string): Promise<string> {
  const hash = createHash('sha256');
  const queue = [folder];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of (await tree.list(next)) ?? []) {
      if (entry.mode === 'directory') queue.push(entry.path);
      else hash.update(`${entry.path} ${entry.oid}\n`);
    }
  }
  return hash.digest('hex');
}
