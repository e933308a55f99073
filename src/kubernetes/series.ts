import { readTag } from '../image/tag.ts';
import { compareTags } from '../image/version.ts';

/** How the version of a database moves. A series is what its upstream calls a major: data files change with it. */
export type SeriesMove =
  | 'series'
  | 'series-downgrade'
  | 'version'
  | 'version-downgrade'
  | 'same'
  /** One side has no version that can be read: a hash, a word, or nothing. */
  | 'unknown-version';

/**
 * How many leading numbers name a series. MariaDB and MySQL: mariadb.org/about/release-model,
 * dev.mysql.com/doc/refman/8.4/en/mysql-releases.html. RabbitMQ, MongoDB, Cassandra, etcd: one series at a time. MinIO
 * has dates alone, so no series.
 */
const SERIES_PARTS: ReadonlyMap<string, number> = new Map([
  ['mariadb', 2],
  ['mysql', 2],
  ['redis', 1],
  ['valkey', 1],
  ['rabbitmq', 2],
  ['elasticsearch', 1],
  ['opensearch', 1],
  ['mongodb', 2],
  ['clickhouse', 2],
  ['kafka', 1],
  ['cassandra', 2],
  ['etcd', 2],
  ['zookeeper', 2],
  ['influxdb', 1],
  ['neo4j', 1],
  ['couchdb', 1],
  ['cockroachdb', 2],
  ['minio', 0],
]);

/** Compares two versions of one engine by the unit that its upstream calls a major. */
export function compareSeries(engine: string, from: string | undefined, to: string | undefined): SeriesMove {
  if (from === to) return 'same';
  const [a, b] = [versionNumbers(from), versionNumbers(to)];
  if (from === undefined || to === undefined || a === undefined || b === undefined) return 'unknown-version';

  const parts = Math.max(seriesParts(engine, a), seriesParts(engine, b));
  for (let index = 0; index < parts; index++) {
    const [x, y] = [a[index], b[index]];
    if (x === undefined || y === undefined) return 'unknown-version';
    if (x !== y) return x < y ? 'series' : 'series-downgrade';
  }
  return compareTags(from, to).move === 'downgrade' ? 'version-downgrade' : 'version';
}

/** PostgreSQL named a series by two numbers until 9.6 and by one since 10. */
function seriesParts(engine: string, [first = 0n]: readonly bigint[]): number {
  if (engine === 'postgres') return first < 10n ? 2 : 1;
  return SERIES_PARTS.get(engine) ?? 1;
}

/** The numbers of a version; nothing for a hash or a word, and for a tag whose numbers count something else. */
export function versionNumbers(version: string | undefined): readonly bigint[] | undefined {
  const tag = readTag(version ?? '');
  return tag.scheme === 'version' || tag.scheme === 'calendar' ? tag.parts : undefined;
}
