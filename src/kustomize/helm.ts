import { createHash } from 'node:crypto';
import type { Tree } from '../git/tree.ts';
import { at, entries, items, type Json, type MapNode, type Node, text, toJson } from '../yaml/node.ts';
import { resolvePath } from './paths.ts';
import type { Gap, GivenValues } from './rendered.ts';
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

/** A chart as a gap, with the values, and a digest of them and of a local chart's files. */
export function helmGap(chart: Node, layer: HelmContext): Gap {
  const name = text(chart, 'name') ?? text(chart, 'chartName') ?? '';
  const repo = text(chart, 'repo') ?? text(chart, 'chartRepoUrl');
  const version = text(chart, 'version') ?? text(chart, 'chartVersion');
  const local = repo === undefined ? localFolder(layer.root, layer.folder, name) : undefined;
  const given = givenValues(chart, layer, local);
  const what = repo !== undefined ? `${repo.replace(/\/+$/, '')}/${name}` : (local ?? name);
  return { kind: 'helm-chart', what, version, ...(given && { values: digestOf(given), given }), span: chart.span };
}

/** What of a layer the content of its charts depends on. */
export interface HelmContext {
  readonly root: MapNode;
  readonly folder: string;
  readonly targets: ReadonlyMap<string, Target>;
  readonly charts: ReadonlyMap<string, string>;
}

/** What fills the chart in; undefined where the kustomization says nothing of it. */
function givenValues(chart: Node, layer: HelmContext, local: string | undefined): GivenValues | undefined {
  const parts: GivenValues['parts'][number][] = [];
  const rest: string[] = [];
  for (const [field, { value }] of entries(chart)) {
    if (IDENTITY.has(field)) continue;
    if (field === 'valuesInline' && value.kind === 'map') {
      parts.push(value);
      continue;
    }
    rest.push(`${field}=${canonicalJson(toJson(value))}`);
    for (const file of value.kind === 'seq' ? value.items : [value]) {
      const target = /values/i.test(field) ? layer.targets.get(text(file) ?? '') : undefined;
      if (target?.kind === 'file') parts.push({ path: target.path, bytes: target.bytes });
    }
  }
  const files = local === undefined ? undefined : layer.charts.get(local);
  if (files !== undefined) rest.push(files);
  return parts.length + rest.length === 0 ? undefined : { parts, rest: rest.sort().join('\n') };
}

function digestOf({ parts, rest }: GivenValues): string {
  const contents = parts.map(part =>
    'bytes' in part ? createHash('sha256').update(part.bytes).digest('hex') : canonicalJson(toJson(part)),
  );
  return shortDigest([rest, ...contents].join('\n'));
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
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
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
