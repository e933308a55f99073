import { type ImageReference, parseReference } from '../image/reference.ts';
import { at, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { containers } from './workload.ts';

/** A database or broker that an object runs. */
export interface Engine {
  /** As its upstream writes it in lower case: `mariadb`. */
  readonly engine: string;
  /** As it is written: a tag, or a field of an operator's resource. Undefined where nothing says it. */
  readonly version: string | undefined;
  /** The scalar that holds the version; undefined where none does. */
  readonly versionPath: Path | undefined;
}

/**
 * Engines by the last component of the image's repository. Exporters, clients, proxies and tools have other names and
 * are no databases; memcached keeps nothing.
 */
const IMAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mariadb: ['mariadb', 'mariadb-galera', 'mariadb-enterprise'],
    mysql: [
      'mysql',
      'mysql-server',
      'mysql-cluster',
      'percona',
      'percona-server',
      'percona-xtradb-cluster',
      'community-server',
    ],
    postgres: [
      'postgres',
      'postgresql',
      'postgresql-repmgr',
      'postgis',
      'timescaledb',
      'timescaledb-ha',
      'pgvector',
      'crunchy-postgres',
    ],
    redis: ['redis', 'redis-cluster', 'redis-sentinel', 'redis-stack', 'redis-stack-server', 'keydb', 'dragonfly'],
    valkey: ['valkey', 'valkey-cluster', 'valkey-sentinel'],
    rabbitmq: ['rabbitmq', 'rabbitmq-server'],
    elasticsearch: ['elasticsearch', 'elasticsearch-oss'],
    opensearch: ['opensearch'],
    mongodb: [
      'mongo',
      'mongodb',
      'mongodb-community-server',
      'mongodb-enterprise-server',
      'percona-server-mongodb',
      'mongodb-sharded',
    ],
    clickhouse: ['clickhouse', 'clickhouse-server'],
    minio: ['minio'],
    kafka: ['kafka', 'cp-kafka', 'kafka-native'],
    cassandra: ['cassandra', 'scylla'],
    etcd: ['etcd'],
    zookeeper: ['zookeeper'],
    influxdb: ['influxdb'],
    neo4j: ['neo4j'],
    couchdb: ['couchdb'],
    cockroachdb: ['cockroach'],
  }).flatMap(([engine, names]) => names.map(name => [name, engine] as const)),
);

/** Operators' resources that are a database, with the field that holds the image or the version. */
const RESOURCES: ReadonlyMap<string, { readonly engine: string; readonly image?: Path; readonly version?: Path }> =
  new Map([
    ['k8s.mariadb.com/MariaDB', { engine: 'mariadb', image: ['spec', 'image'] }],
    ['mariadb.mmontes.io/MariaDB', { engine: 'mariadb', image: ['spec', 'image'] }],
    ['mariadb.openstack.org/Galera', { engine: 'mariadb', image: ['spec', 'containerImage'] }],
    ['mysql.oracle.com/InnoDBCluster', { engine: 'mysql', version: ['spec', 'version'] }],
    ['pxc.percona.com/PerconaXtraDBCluster', { engine: 'mysql', image: ['spec', 'pxc', 'image'] }],
    ['ps.percona.com/PerconaServerMySQL', { engine: 'mysql', image: ['spec', 'mysql', 'image'] }],
    [
      'postgresql.cnpg.io/Cluster',
      { engine: 'postgres', image: ['spec', 'imageName'], version: ['spec', 'imageCatalogRef', 'major'] },
    ],
    ['acid.zalan.do/postgresql', { engine: 'postgres', version: ['spec', 'postgresql', 'version'] }],
    ['postgres-operator.crunchydata.com/PostgresCluster', { engine: 'postgres', version: ['spec', 'postgresVersion'] }],
    ['pgv2.percona.com/PerconaPGCluster', { engine: 'postgres', version: ['spec', 'postgresVersion'] }],
    ['psmdb.percona.com/PerconaServerMongoDB', { engine: 'mongodb', image: ['spec', 'image'] }],
    ['mongodbcommunity.mongodb.com/MongoDBCommunity', { engine: 'mongodb', version: ['spec', 'version'] }],
    ['mongodb.com/MongoDB', { engine: 'mongodb', version: ['spec', 'version'] }],
    ['databases.spotahome.com/RedisFailover', { engine: 'redis', image: ['spec', 'redis', 'image'] }],
    ['redis.redis.opstreelabs.in/Redis', { engine: 'redis', image: ['spec', 'kubernetesConfig', 'image'] }],
    ['redis.redis.opstreelabs.in/RedisCluster', { engine: 'redis', image: ['spec', 'kubernetesConfig', 'image'] }],
    ['redis.redis.opstreelabs.in/RedisReplication', { engine: 'redis', image: ['spec', 'kubernetesConfig', 'image'] }],
    ['redis.redis.opstreelabs.in/RedisSentinel', { engine: 'redis', image: ['spec', 'kubernetesConfig', 'image'] }],
    ['dragonflydb.io/Dragonfly', { engine: 'redis', image: ['spec', 'image'] }],
    ['rabbitmq.com/RabbitmqCluster', { engine: 'rabbitmq', image: ['spec', 'image'] }],
    ['elasticsearch.k8s.elastic.co/Elasticsearch', { engine: 'elasticsearch', version: ['spec', 'version'] }],
    ['opensearch.opster.io/OpenSearchCluster', { engine: 'opensearch', version: ['spec', 'general', 'version'] }],
    ['kafka.strimzi.io/Kafka', { engine: 'kafka', version: ['spec', 'kafka', 'version'] }],
    ['clickhouse.altinity.com/ClickHouseInstallation', { engine: 'clickhouse' }],
    ['minio.min.io/Tenant', { engine: 'minio', image: ['spec', 'image'] }],
    ['cassandra.datastax.com/CassandraDatacenter', { engine: 'cassandra', version: ['spec', 'serverVersion'] }],
  ]);

/** Groups whose other resources act on a database: users, grants, backups, restores. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['k8s.mariadb.com', 'mariadb'],
  ['mariadb.mmontes.io', 'mariadb'],
  ['pxc.percona.com', 'mysql'],
  ['ps.percona.com', 'mysql'],
  ['postgresql.cnpg.io', 'postgres'],
  ['barmancloud.cnpg.io', 'postgres'],
  ['acid.zalan.do', 'postgres'],
  ['postgres-operator.crunchydata.com', 'postgres'],
  ['pgv2.percona.com', 'postgres'],
  ['psmdb.percona.com', 'mongodb'],
  ['databases.spotahome.com', 'redis'],
  ['redis.redis.opstreelabs.in', 'redis'],
  ['rabbitmq.com', 'rabbitmq'],
]);

/** Tools in those groups that hold no data and act on none. */
const TOOLS = new Set(['PGAdmin', 'ImageCatalog', 'ClusterImageCatalog', 'OperatorConfiguration']);

/** Kinds whose pods run to an end: an image of a database there is its client, for a dump or a wait. */
const TASKS = new Set(['Job', 'CronJob', 'ScaledJob', 'Pod']);

/** The databases and brokers that the object runs or acts on; empty for any other object. */
export function engineOf(object: KubeObject): Engine[] {
  const { group, kind } = object.id;
  const resource = RESOURCES.get(`${group}/${kind}`);
  if (resource !== undefined) {
    return [{ engine: resource.engine, ...versionOf(object, resource.image, resource.version) }];
  }
  const engine = TOOLS.has(kind) ? undefined : GROUPS.get(group);
  if (engine !== undefined) return [{ engine, version: undefined, versionPath: undefined }];
  if (TASKS.has(kind)) return [];
  return containers(object)
    .filter(container => !container.init || container.sidecar)
    .flatMap(container => {
      const reference = parseReference(container.image ?? '');
      const found = reference && engineOfImage(reference);
      if (reference === undefined || found === undefined) return [];
      const version = versionOfImage(reference);
      return { engine: found, version, versionPath: version === undefined ? undefined : container.imagePath };
    });
}

/** Whether the object is an operator's resource that is a database as a whole. */
export function isDatabaseResource(object: KubeObject): boolean {
  return RESOURCES.has(`${object.id.group}/${object.id.kind}`);
}

/** The engine that the image is of: `postgres` for `bitnamilegacy/postgresql`. */
export function engineOfImage(reference: ImageReference): string | undefined {
  return IMAGES.get(reference.name) ?? (/^spilo(?:-\d+)?$/.test(reference.name) ? 'postgres' : undefined);
}

/** The engine that a Helm chart runs, by the chart's address or name: `postgres` for `postgresql-ha`. */
export function engineOfChart(chart: string): string | undefined {
  const name = chart.slice(chart.lastIndexOf('/') + 1);
  return IMAGES.get(name) ?? IMAGES.get(name.replace(/-(?:ha|cluster)$/, ''));
}

/** The engine's own version, which is not always the tag's: `2.14.2-pg15` is PostgreSQL 15. */
function versionOfImage({ name, tag }: ImageReference): string | undefined {
  const spilo = /^spilo-(\d+)$/.exec(name)?.[1];
  if (spilo !== undefined) return spilo;
  const extension = name === 'pgvector' || name.startsWith('timescaledb');
  return extension ? (/(?:^|-)pg(\d+(?:\.\d+)?)/.exec(tag ?? '')?.[1] ?? tag) : tag;
}

function versionOf(object: KubeObject, image: Path = [], version: Path = []): Pick<Engine, 'version' | 'versionPath'> {
  const reference = image.length > 0 ? parseReference(text(object.root, ...image) ?? '') : undefined;
  const tag = reference && versionOfImage(reference);
  if (tag !== undefined) return { version: tag, versionPath: image };
  const stated =
    version.length > 0 && at(object.root, ...version) !== undefined ? scalar(object.root, ...version) : undefined;
  if (stated === undefined || stated === null) return { version: undefined, versionPath: undefined };
  return { version: String(stated), versionPath: version };
}
