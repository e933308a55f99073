import { describe, expect, it } from 'vitest';
import { engineOf, isDatabaseResource } from '../../src/kubernetes/engines.ts';
import { compareSeries } from '../../src/kubernetes/series.ts';
import { holdsState } from '../../src/kubernetes/state.ts';
import { at } from '../../src/yaml/node.ts';
import { object } from '../support/objects.ts';

function running(image: string, kind = 'StatefulSet') {
  return object(`
    apiVersion: apps/v1
    kind: ${kind}
    metadata: { name: db }
    spec: { template: { spec: { containers: [{ name: db, image: "${image}" }] } } }`);
}

describe('engineOf an image', () => {
  it.each([
    ['mariadb:11.4.5', 'mariadb', '11.4.5'],
    ['docker.io/bitnamilegacy/mariadb-galera:11.4.5-debian-12-r3', 'mariadb', '11.4.5-debian-12-r3'],
    ['mysql:8.4', 'mysql', '8.4'],
    ['percona/percona-server:8.0.36-28', 'mysql', '8.0.36-28'],
    ['postgres:16-alpine', 'postgres', '16-alpine'],
    ['bitnami/postgresql:16.2.0', 'postgres', '16.2.0'],
    ['postgis/postgis:15-3.4', 'postgres', '15-3.4'],
    ['timescale/timescaledb:2.14.2-pg15', 'postgres', '15'],
    ['pgvector/pgvector:pg16', 'postgres', '16'],
    ['registry.opensource.zalan.do/acid/spilo-15:3.0-p1', 'postgres', '15'],
    ['redis:7.2', 'redis', '7.2'],
    ['redis/redis-stack-server:7.2.0-v9', 'redis', '7.2.0-v9'],
    ['eqalpha/keydb:latest', 'redis', 'latest'],
    ['valkey/valkey:8.0', 'valkey', '8.0'],
    ['rabbitmq:3.13-management', 'rabbitmq', '3.13-management'],
    ['docker.elastic.co/elasticsearch/elasticsearch:8.13.0', 'elasticsearch', '8.13.0'],
    ['mongo:7.0', 'mongodb', '7.0'],
    ['clickhouse/clickhouse-server:24.3', 'clickhouse', '24.3'],
    [`mariadb@sha256:${'0'.repeat(64)}`, 'mariadb', undefined],
  ])('%s', (image, engine, version) => {
    const database = running(image);
    const path = ['spec', 'template', 'spec', 'containers', 0, 'image'];
    expect(engineOf(database)).toEqual([{ engine, version, versionPath: version === undefined ? undefined : path }]);
  });

  it.each([
    'prom/mysqld-exporter:v0.15',
    'oliver006/redis_exporter:v1.58',
    'quay.io/prometheuscommunity/postgres-exporter:v0.15',
    'phpmyadmin:5.2',
    'bitnami/pgbouncer:1.22',
    'adminer:4',
    'memcached:1.6',
    'rediscommander/redis-commander:latest',
    'mongo-express:1.0',
    'docker-registry1.mariadb.com/mariadb-operator/mariadb-operator:26.6.0',
    'provectuslabs/kafka-ui:v0.7',
    'shop/web:1.2.3',
  ])('%s is no database', image => {
    expect(engineOf(running(image, 'Deployment'))).toEqual([]);
  });

  it('takes an image in a Job, a CronJob or an init container for a client', () => {
    const dump = object(`
      apiVersion: batch/v1
      kind: CronJob
      metadata: { name: dump }
      spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: d, image: "mariadb:11.4" }] } } } } }`);
    const waiting = object(`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec: { template: { spec: { initContainers: [{ name: w, image: "mysql:8" }], containers: [] } } }`);
    expect(engineOf(dump)).toEqual([]);
    expect(engineOf(waiting)).toEqual([]);
  });
});

describe("engineOf an operator's resource", () => {
  it.each([
    ['k8s.mariadb.com/v1alpha1', 'MariaDB', '{ image: "mariadb:11.4.5" }', 'mariadb', '11.4.5'],
    ['k8s.mariadb.com/v1alpha1', 'MariaDB', '{}', 'mariadb', undefined],
    ['k8s.mariadb.com/v1alpha1', 'Grant', '{}', 'mariadb', undefined],
    ['postgresql.cnpg.io/v1', 'Cluster', '{ imageName: "ghcr.io/cloudnative-pg/postgresql:16.2" }', 'postgres', '16.2'],
    ['postgresql.cnpg.io/v1', 'Cluster', '{ imageCatalogRef: { major: 16 } }', 'postgres', '16'],
    ['acid.zalan.do/v1', 'postgresql', '{ postgresql: { version: "15" } }', 'postgres', '15'],
    ['postgres-operator.crunchydata.com/v1beta1', 'PostgresCluster', '{ postgresVersion: 16 }', 'postgres', '16'],
    [
      'pxc.percona.com/v1',
      'PerconaXtraDBCluster',
      '{ pxc: { image: "percona/percona-xtradb-cluster:8.0.35-27.1" } }',
      'mysql',
      '8.0.35-27.1',
    ],
    ['databases.spotahome.com/v1', 'RedisFailover', '{ redis: { image: "redis:7.2-alpine" } }', 'redis', '7.2-alpine'],
    [
      'redis.redis.opstreelabs.in/v1beta2',
      'RedisCluster',
      '{ kubernetesConfig: { image: "quay.io/opstree/redis:v7.0.12" } }',
      'redis',
      'v7.0.12',
    ],
    ['rabbitmq.com/v1beta1', 'RabbitmqCluster', '{ image: "rabbitmq:3.13" }', 'rabbitmq', '3.13'],
    ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', '{ version: 8.13.0 }', 'elasticsearch', '8.13.0'],
    ['mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', '{ version: 6.0.5 }', 'mongodb', '6.0.5'],
    ['kafka.strimzi.io/v1beta2', 'Kafka', '{ kafka: { version: 3.7.0 } }', 'kafka', '3.7.0'],
  ])('%s %s %s', (apiVersion, kind, spec, engine, version) => {
    const resource = object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: db }, spec: ${spec} }`);
    const [found, ...rest] = engineOf(resource);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ engine, version });
    if (version !== undefined) expect(at(resource.root, ...(found?.versionPath ?? []))?.kind).toBe('scalar');
  });

  it('leaves out tools of the same group', () => {
    const tool = object(
      '{ apiVersion: postgres-operator.crunchydata.com/v1beta1, kind: PGAdmin, metadata: { name: x } }',
    );
    expect(engineOf(tool)).toEqual([]);
  });

  it('tells the database from what acts on it', () => {
    const of = (kind: string) =>
      object(`{ apiVersion: k8s.mariadb.com/v1alpha1, kind: ${kind}, metadata: { name: db } }`);
    expect(isDatabaseResource(of('MariaDB'))).toBe(true);
    expect(isDatabaseResource(of('Backup'))).toBe(false);
  });
});

describe('compareSeries', () => {
  it.each([
    ['mariadb', '10.6', '10.11', 'series'],
    ['mariadb', '11.4.5', '11.8.2', 'series'],
    ['mariadb', '11.8.2', '11.4.5', 'series-downgrade'],
    ['mariadb', '11.4.5', '11.4.7', 'version'],
    ['mariadb', '11.4.7', '11.4.5', 'version-downgrade'],
    ['mariadb', '11.4', '11.4.5', 'version'],
    ['mariadb', '10', '11.4', 'series'],
    ['mariadb', '11', '11.4', 'unknown-version'],
    ['mariadb', '11.4.5-debian-12-r3', '11.4.5-debian-12-r4', 'version'],
    ['mariadb', '11.4.5', '11.4.5', 'same'],
    ['mysql', '8.0.36', '8.4.0', 'series'],
    ['postgres', '15', '16', 'series'],
    ['postgres', '15.4', '15.6', 'version'],
    ['postgres', '16.2', '15.6', 'series-downgrade'],
    ['postgres', '9.5.1', '9.6.0', 'series'],
    ['postgres', '9.6.24', '10.1', 'series'],
    ['postgres', '16-alpine', '16-bookworm', 'version'],
    ['redis', '7.2', '7.4', 'version'],
    ['redis', '7.4', '8.0', 'series'],
    ['rabbitmq', '3.12-management', '3.13-management', 'series'],
    ['mongodb', '6.0', '7.0', 'series'],
    ['elasticsearch', '8.12.0', '8.13.0', 'version'],
    ['minio', 'RELEASE.2024-01-31T20-20-33Z', 'RELEASE.2025-02-01T00-00-00Z', 'version'],
    ['mariadb', 'latest', '11.4.5', 'unknown-version'],
    ['mariadb', '11.4.5', 'lts', 'unknown-version'],
    ['mariadb', '11.4.5', '7cda0eb785cb', 'unknown-version'],
    ['mariadb', undefined, '11.4.5', 'unknown-version'],
    ['mariadb', undefined, undefined, 'same'],
  ])('%s %s -> %s: %s', (engine, from, to, expected) => {
    expect(compareSeries(engine, from, to)).toBe(expected);
  });
});

describe('holdsState', () => {
  it.each([
    ['v1', 'PersistentVolumeClaim', '{}'],
    ['v1', 'PersistentVolume', '{}'],
    ['v1', 'Namespace', '{}'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', '{}'],
    ['apps/v1', 'StatefulSet', '{ volumeClaimTemplates: [{ metadata: { name: data } }] }'],
    ['k8s.mariadb.com/v1alpha1', 'MariaDB', '{}'],
    ['k8s.mariadb.com/v1alpha1', 'Database', '{}'],
    ['k8s.mariadb.com/v1alpha1', 'User', '{ cleanupPolicy: Delete }'],
    ['postgresql.cnpg.io/v1', 'Cluster', '{}'],
    ['postgresql.cnpg.io/v1', 'Database', '{ databaseReclaimPolicy: delete }'],
    ['longhorn.io/v1beta2', 'Volume', '{}'],
  ])('%s %s %s', (apiVersion, kind, spec) => {
    const found = holdsState(
      object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x }, spec: ${spec} }`),
    );
    expect(found).toBeTypeOf('string');
  });

  it.each([
    ['v1', 'ConfigMap', '{}'],
    ['apps/v1', 'Deployment', '{}'],
    ['apps/v1', 'StatefulSet', '{}'],
    ['k8s.mariadb.com/v1alpha1', 'Database', '{ cleanupPolicy: Skip }'],
    ['k8s.mariadb.com/v1alpha1', 'Connection', '{}'],
    ['postgresql.cnpg.io/v1', 'Database', '{}'],
  ])('not %s %s %s', (apiVersion, kind, spec) => {
    const found = holdsState(
      object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x }, spec: ${spec} }`),
    );
    expect(found).toBeUndefined();
  });
});
