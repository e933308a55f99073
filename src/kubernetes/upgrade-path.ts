import { versionNumbers } from './series.ts';

/** Why a server does not take the data files that another version of it wrote. */
export interface Refusal {
  /** The engine as people write it. */
  readonly name: string;
  /** What to do instead. A full sentence. */
  readonly way: string;
  /** False where the server may start and the step is unsupported all the same. */
  readonly certain: boolean;
}

interface Path {
  readonly name: string;
  /** Whether the server refuses to go back to an older series. */
  readonly back: 'refused' | 'unsupported' | 'possible';
  /** What has to be done before the step forward, if it cannot be made at once. */
  readonly first: (from: Series, to: Series) => string | undefined;
}

type Series = readonly [major: number, minor: number];

/** One series after the other, as each leaves its featureCompatibilityVersion for the next: mongodb.com/docs, release notes. */
const MONGODB: readonly Series[] = [
  [3, 6],
  [4, 0],
  [4, 2],
  [4, 4],
  [5, 0],
  [6, 0],
  [7, 0],
  [8, 0],
];

/** The oldest version whose node a major takes over: `NodeMetadata` in elastic/elasticsearch. */
const ELASTICSEARCH: readonly (readonly [to: Series, from: Series])[] = [
  [
    [8, 0],
    [7, 17],
  ],
  [
    [9, 0],
    [8, 18],
  ],
  [
    [9, 1],
    [8, 19],
  ],
];

const PATHS: ReadonlyMap<string, Path> = new Map<string, Path>([
  [
    'postgres',
    {
      name: 'PostgreSQL',
      back: 'refused',
      first: () =>
        'Dump the databases with the old version and restore them into a new volume, or run pg_upgrade on both.',
    },
  ],
  ['mongodb', { name: 'MongoDB', back: 'possible', first: mongodbFirst }],
  ['elasticsearch', { name: 'Elasticsearch', back: 'refused', first: elasticsearchFirst }],
  ['mysql', { name: 'MySQL', back: 'refused', first: mysqlFirst }],
  ['mariadb', { name: 'MariaDB', back: 'unsupported', first: () => undefined }],
]);

/** Undefined where the server takes the files, or where nothing is known of the engine or of a version. */
export function dataRefusal(engine: string, from: string | undefined, to: string | undefined): Refusal | undefined {
  const path = PATHS.get(engine);
  const [old, now] = [seriesOf(engine, from), seriesOf(engine, to)];
  if (path === undefined || old === undefined || now === undefined || compare(old, now) === 0) return undefined;
  const { name, back, first } = path;
  if (compare(old, now) < 0) {
    const way = first(old, now);
    return way === undefined ? undefined : { name, way, certain: true };
  }
  const way = 'Restore a backup that the older version wrote into a new volume, and start it on that.';
  return back === 'possible' ? undefined : { name, way, certain: back === 'refused' };
}

/** PostgreSQL has one number since 10. */
function seriesOf(engine: string, version: string | undefined): Series | undefined {
  const [major, minor = engine === 'postgres' ? 0n : undefined] = versionNumbers(version) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return [Number(major), engine === 'postgres' && major >= 10n ? 0 : Number(minor)];
}

function compare([a, b]: Series, [c, d]: Series): number {
  return a - c || b - d;
}

function mongodbFirst(from: Series, to: Series): string | undefined {
  const place = (series: Series) => MONGODB.filter(known => compare(known, series) <= 0).length;
  const next = MONGODB[place(from)];
  if (next === undefined || place(to) - place(from) < 2) return undefined;
  return `Go to ${next.join('.')} first, and set featureCompatibilityVersion to ${next.join('.')} there.`;
}

function elasticsearchFirst(from: Series, to: Series): string | undefined {
  const [, oldest] = ELASTICSEARCH.findLast(([version]) => compare(version, to) <= 0) ?? [];
  return oldest === undefined || compare(from, oldest) >= 0 ? undefined : `Go to ${oldest.join('.')} first.`;
}

/** From one long-term series to the next: 5.7, 8.0, 8.4, and what follows it. */
function mysqlFirst(from: Series, to: Series): string | undefined {
  if (compare(from, [5, 7]) < 0 && compare(to, [5, 7]) > 0) return 'Go to 5.7 first.';
  if (compare(from, [8, 0]) < 0 && compare(to, [8, 0]) > 0) return 'Go to 8.0 first.';
  if (compare(from, [8, 4]) < 0 && to[0] > 8) return 'Go to 8.4 first.';
  return undefined;
}
