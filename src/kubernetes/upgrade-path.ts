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
  /** Whether the server refuses to go back to the older series. */
  readonly back: (from: Series, to: Series) => Back;
  /** What has to be done before the step forward, if it cannot be made at once. */
  readonly first: (from: Series, to: Series) => string | undefined;
  /** A step forward without it is unsupported, and yet some servers take it. */
  readonly mayStart?: true;
}

type Back = 'refused' | 'unsupported' | 'possible';

type Series = readonly [major: number, minor: number];

/**
 * One series after the other, as each leaves its featureCompatibilityVersion for the next
 * (https://www.mongodb.com/docs/manual/reference/command/setFeatureCompatibilityVersion/).
 */
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

/**
 * The oldest version whose node a major takes over, and never a newer one: `NodeMetadata` in elastic/elasticsearch,
 * https://www.elastic.co/docs/deploy-manage/upgrade/prepare-to-upgrade
 */
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

/**
 * The format of dump files since each release, which an older server does not read: "Can't handle RDB format version 12",
 * `RDB_VERSION` in src/rdb.h (https://github.com/redis/redis/issues/13007, https://github.com/redis/redis/issues/14064).
 */
const REDIS_DUMPS: readonly (readonly [since: Series, format: number])[] = [
  [[3, 2], 7],
  [[4, 0], 8],
  [[5, 0], 9],
  [[7, 0], 10],
  [[7, 2], 11],
  [[7, 4], 12],
];

const PATHS: ReadonlyMap<string, Path> = new Map<string, Path>([
  [
    'postgres',
    {
      name: 'PostgreSQL',
      back: () => 'refused',
      first: () =>
        'Dump the databases with the old version and restore them into a new volume, or run pg_upgrade on both.',
    },
  ],
  ['mongodb', { name: 'MongoDB', back: mongodbBack, first: mongodbFirst }],
  ['elasticsearch', { name: 'Elasticsearch', back: () => 'refused', first: elasticsearchFirst }],
  // https://dev.mysql.com/doc/refman/8.4/en/downgrading.html
  ['mysql', { name: 'MySQL', back: () => 'refused', first: mysqlFirst }],
  // https://mariadb.com/kb/en/downgrading-between-major-versions-of-mariadb/
  ['mariadb', { name: 'MariaDB', back: () => 'unsupported', first: () => undefined }],
  ['redis', { name: 'Redis', back: redisBack, first: () => undefined }],
  // Since 9.0 dumps have a format of Valkey's own (https://github.com/valkey-io/valkey/issues/2917).
  [
    'valkey',
    {
      name: 'Valkey',
      back: (from, to) => (from[0] >= 9 && to[0] < 9 ? 'refused' : 'possible'),
      first: () => undefined,
    },
  ],
  // https://www.rabbitmq.com/docs/feature-flags: a node without the flags that its release requires does not start.
  ['rabbitmq', { name: 'RabbitMQ', back: () => 'unsupported', first: rabbitmqFirst, mayStart: true }],
  // https://kafka.apache.org/40/getting-started/upgrade; the way back is open until metadata.version is raised.
  ['kafka', { name: 'Kafka', back: () => 'possible', first: kafkaFirst, mayStart: true }],
]);

/** Undefined where the server takes the files, or where nothing is known of the engine or of a version. */
export function dataRefusal(engine: string, from: string | undefined, to: string | undefined): Refusal | undefined {
  const path = PATHS.get(engine);
  const [old, now] = [seriesOf(engine, from), seriesOf(engine, to)];
  if (path === undefined || old === undefined || now === undefined || compare(old, now) === 0) return undefined;
  const { name, first, mayStart } = path;
  if (compare(old, now) < 0) {
    const way = first(old, now);
    return way === undefined ? undefined : { name, way, certain: mayStart !== true };
  }
  const back = path.back(old, now);
  const way = 'Restore a backup that the older version wrote into a new volume, and start it on that.';
  return back === 'possible' ? undefined : { name, way, certain: back === 'refused' };
}

/** A server and the version of it. */
export interface Server {
  readonly engine: string;
  readonly version: string | undefined;
}

/** Servers that are put in the place of another and do not read what it wrote since a series. */
const SWAPS: readonly { readonly from: string; readonly to: string; readonly since: Series; readonly way: string }[] = [
  // https://github.com/valkey-io/valkey/issues/845, https://valkey.io/topics/migration/
  { from: 'redis', to: 'valkey', since: [7, 4], way: 'Start Valkey on an empty volume and copy the keys over.' },
  // https://github.com/valkey-io/valkey/issues/645
  { from: 'valkey', to: 'redis', since: [9, 0], way: 'Start Redis on an empty volume and copy the keys over.' },
  // https://mariadb.com/docs/server/server-management/install-and-upgrade-mariadb/migrating-to-mariadb/moving-from-mysql
  { from: 'mysql', to: 'mariadb', since: [8, 0], way: 'Dump the databases, and restore them into a new volume.' },
  { from: 'mariadb', to: 'mysql', since: [10, 0], way: 'Dump the databases, and restore them into a new volume.' },
];

/** Why one server is not made for the files of another; undefined where it takes them, or where nothing is known. */
export function swapRefusal(from: Server, to: Server): Refusal | undefined {
  const swap = SWAPS.find(known => known.from === from.engine && known.to === to.engine);
  const series = seriesOf(from.engine, from.version);
  if (swap === undefined || series === undefined || compare(series, swap.since) < 0) return undefined;
  return { name: PATHS.get(to.engine)?.name ?? to.engine, way: swap.way, certain: false };
}

/** Whether a server of an older version starts on what a newer one wrote; undefined where that is not known. */
export function serverGoesBack(engine: string, from: string | undefined, to: string | undefined): Back | undefined {
  const path = PATHS.get(engine);
  const [newer, older] = [seriesOf(engine, from), seriesOf(engine, to)];
  return path === undefined || newer === undefined || older === undefined ? undefined : path.back(newer, older);
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

/**
 * An older server takes the files of the next series as long as featureCompatibilityVersion was not raised there, and of
 * no later one; since 7.0 not even that is supported (https://www.mongodb.com/docs/manual/release-notes/7.0-downgrade/).
 */
function mongodbBack(from: Series, to: Series): Back {
  const place = (series: Series) => MONGODB.filter(known => compare(known, series) <= 0).length;
  const steps = place(from) - place(to);
  if (steps > 1) return 'refused';
  return steps === 1 && from[0] >= 7 ? 'unsupported' : 'possible';
}

function redisBack(from: Series, to: Series): Back {
  const formatOf = (series: Series) => REDIS_DUMPS.findLast(([since]) => compare(since, series) <= 0)?.[1];
  const [old, now] = [formatOf(from), formatOf(to)];
  return old !== undefined && now !== undefined && now < old ? 'refused' : 'possible';
}

/** Releases whose flags another one and all after it require (https://www.rabbitmq.com/docs/upgrade, version upgradability). */
const RABBITMQ_STOPS: readonly (readonly [stop: Series, requiredSince: Series])[] = [
  [
    [3, 8],
    [3, 11],
  ],
  [
    [3, 11],
    [3, 12],
  ],
  [
    [3, 13],
    [4, 0],
  ],
  [
    [4, 2],
    [4, 3],
  ],
];

function rabbitmqFirst(from: Series, to: Series): string | undefined {
  const [stop] = RABBITMQ_STOPS.find(([flags, since]) => compare(from, flags) < 0 && compare(to, since) >= 0) ?? [];
  return stop === undefined ? undefined : `Go to ${stop.join('.')} first, and enable all feature flags there.`;
}

/** Kafka 4 has no ZooKeeper, and takes over what 3.3 and later keep without it. */
function kafkaFirst(from: Series, to: Series): string | undefined {
  if (to[0] < 4 || from[0] >= 4 || compare(from, [3, 3]) >= 0) return undefined;
  return 'Go to 3.9 first, and migrate from ZooKeeper to KRaft there.';
}

/** From one long-term series to the next: 5.7, 8.0, 8.4, and what follows it. */
function mysqlFirst(from: Series, to: Series): string | undefined {
  if (compare(from, [5, 7]) < 0 && compare(to, [5, 7]) > 0) return 'Go to 5.7 first.';
  if (compare(from, [8, 0]) < 0 && compare(to, [8, 0]) > 0) return 'Go to 8.0 first.';
  if (compare(from, [8, 4]) < 0 && to[0] > 8) return 'Go to 8.4 first.';
  return undefined;
}
