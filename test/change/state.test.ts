import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const mariadb = (spec: string) => `
apiVersion: k8s.mariadb.com/v1alpha1
kind: MariaDB
metadata: { name: db }
spec: { ${spec} }
`;

const statefulSet = (image: string, container = '') => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache }
spec:
  serviceName: cache
  template:
    spec:
      containers: [{ name: cache, image: "${image}"${container} }]
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: 1Gi } } } }]
`;

const objectStore = (destination: string) => `
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: backups }
spec: { configuration: { destinationPath: "${destination}" } }
`;

describe('the version of a database', () => {
  it.each([
    ['mariadb:11.4.5', 'mariadb:11.8.2', 'database series mariadb: 11.4.5 -> 11.8.2 (mariadb)'],
    ['mariadb:11.4.5', 'mariadb:11.4.6', 'database version mariadb: 11.4.5 -> 11.4.6 (mariadb)'],
    ['mariadb:11.8.2', 'mariadb:11.4.5', 'database series-downgrade mariadb: 11.8.2 -> 11.4.5 (mariadb)'],
    ['mariadb:11.4.6', 'mariadb:11.4.5', 'database version-downgrade mariadb: 11.4.6 -> 11.4.5 (mariadb)'],
    ['mariadb:11.4.5', 'mariadb:latest', 'database unknown-version mariadb: 11.4.5 -> latest (mariadb)'],
  ])('of an operator: %s -> %s', (before, after, expected) => {
    expect(facts(mariadb(`image: "${before}"`), mariadb(`image: "${after}"`))).toEqual([expected]);
  });

  it.each([
    ['redis:5.0.7', 'redis:6.0.9', 'database series redis: 5.0.7 -> 6.0.9 (redis)'],
    ['redis:6.0.8', 'redis:6.0.9', 'database version redis: 6.0.8 -> 6.0.9 (redis)'],
    ['postgres:15.4', 'postgres:16.1', 'database series postgres: 15.4 -> 16.1 (postgres)'],
    ['postgres:15.4', 'postgres:15.6', 'database version postgres: 15.4 -> 15.6 (postgres)'],
    [
      'rabbitmq:4.2-management-alpine',
      'rabbitmq:4.3-management-alpine',
      'database series rabbitmq: 4.2-management-alpine -> 4.3-management-alpine (rabbitmq)',
    ],
    ['redis:7.2.4', 'valkey/valkey:7.2.5', 'database unknown-version valkey/valkey: 7.2.4 -> 7.2.5 (valkey)'],
    [
      'oliver006/redis_exporter:v1.2.0',
      'oliver006/redis_exporter:v1.3.0',
      'image minor oliver006/redis_exporter: v1.2.0 -> v1.3.0',
    ],
  ])('in a container: %s -> %s', (before, after, expected) => {
    expect(facts(statefulSet(before), statefulSet(after))).toEqual([expected]);
  });

  it('is untouched by a move to another repository, which is said of the state', () => {
    expect(facts(statefulSet('bitnami/redis:6.0.9'), statefulSet('bitnamilegacy/redis:6.0.9'))).toEqual([
      'state changed bitnamilegacy/redis: bitnami/redis:6.0.9 -> bitnamilegacy/redis:6.0.9 (redis)',
    ]);
  });
});

describe('what holds state', () => {
  it.each([
    [
      'a database',
      mariadb('storage: { size: 1Gi }'),
      mariadb('storage: { size: 2Gi }'),
      ['state changed MariaDB db: spec.storage.size: 1Gi -> 2Gi (mariadb)'],
    ],
    [
      'the number of its pods',
      mariadb('replicas: 3'),
      mariadb('replicas: 5'),
      ['state changed MariaDB db: 3 -> 5 (mariadb)'],
    ],
    ['none of its pods', mariadb('replicas: 3'), mariadb('replicas: 0'), ['replicas zero MariaDB db: 3 -> 0']],
    [
      'memory of Redis',
      statefulSet('redis:6.0.9', ', resources: { limits: { memory: 1Gi } }'),
      statefulSet('redis:6.0.9', ', resources: { limits: { memory: 2Gi } }'),
      ['state changed cache: limits memory: 1Gi -> 2Gi (redis)'],
    ],
    [
      'memory of what is no database, volumes or not',
      statefulSet('prom/prometheus:v2.0.0', ', resources: { limits: { memory: 1Gi } }'),
      statefulSet('prom/prometheus:v2.0.0', ', resources: { limits: { memory: 2Gi } }'),
      ['workload resources cache: limits memory: 1Gi -> 2Gi'],
    ],
    [
      'a label alone',
      mariadb('replicas: 3'),
      mariadb('replicas: 3').replace('name: db', 'name: db, labels: { a: b }'),
      ['object modified MariaDB db: metadata.labels added'],
    ],
    [
      'where its backups go',
      objectStore('s3://backups/shop'),
      objectStore('s3://backups/other'),
      [
        'state changed ObjectStore backups: spec.configuration.destinationPath: s3://backups/shop -> s3://backups/other (postgres)',
      ],
    ],
    ['a new database', '', mariadb('replicas: 3'), ['state added MariaDB db (mariadb)']],
    [
      'a database gone',
      mariadb('replicas: 3'),
      '',
      ['state removed MariaDB db: the database and its data go with it (mariadb)'],
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(before, after)).toEqual(expected);
  });

  it('is not a pod with a cache beside its application', () => {
    const web = (tag: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template: { spec: { containers: [{ name: web, image: "web:${tag}" }, { name: cache, image: "redis:7.2.4" }] } }`;
    expect(facts(web('1.0.0'), web('1.0.1'))).toEqual(['image patch web: 1.0.0 -> 1.0.1']);
    expect(facts(web('1.0.0'), web('1.0.0').replace('redis:7.2.4', 'redis:8.0.0'))).toEqual([
      'database series redis: 7.2.4 -> 8.0.0 (redis)',
    ]);
  });

  it('restarts with whatever runs beside it', () => {
    const both = (tag: string) =>
      statefulSet('redis:7.2.4').replace(
        '}]\n  volume',
        `}, { name: exporter, image: "redis_exporter:${tag}" }]\n  volume`,
      );
    expect(facts(both('1.0.0'), both('1.1.0'))).toEqual(['state changed redis_exporter: 1.0.0 -> 1.1.0 (redis)']);
  });

  it('includes the configuration that a database reads', () => {
    const both = (memory: string) => `${statefulSet('redis:6.0.9', ', envFrom: [{ configMapRef: { name: redis } }]')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: redis }
data: { MAXMEMORY: ${memory} }
`;
    expect(facts(both('1gb'), both('2gb'))).toEqual(['state changed redis: MAXMEMORY: 1gb -> 2gb (redis)']);
  });

  it.each([
    [
      '/v1',
      'PersistentVolumeClaim',
      '',
      'state removed PersistentVolumeClaim x: the data of the volume goes with it, unless its reclaim policy retains it',
    ],
    ['/v1', 'Namespace', '', 'state removed Namespace x: everything in the namespace goes with it'],
    [
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      '',
      'state removed CustomResourceDefinition x: every object of the kind goes with it',
    ],
    ['k8s.mariadb.com/v1alpha1', 'Database', '', 'state removed Database x: its removal runs DROP DATABASE (mariadb)'],
    ['k8s.mariadb.com/v1alpha1', 'Database', 'cleanupPolicy: Skip', 'state changed Database x removed (mariadb)'],
    ['k8s.mariadb.com/v1alpha1', 'Backup', '', 'state changed Backup x removed (mariadb)'],
    ['/v1', 'Service', '', 'object removed Service x'],
  ])('is lost with %s %s %s', (apiVersion, kind, spec, expected) => {
    const yaml = `
apiVersion: ${apiVersion.replace(/^\//, '')}
kind: ${kind}
metadata: { name: x }
spec: { ${spec} }`;
    expect(facts(yaml, '')).toEqual([expected]);
  });

  it.each([
    ['storage: { volumeClaimTemplate: { spec: { storageClassName: STEP } } }', 'state claims'],
    ['storage: { ephemeral: { volumeClaimTemplate: { spec: { storageClassName: STEP } } } }', 'object modified'],
    ['storage: { size: STEP }', 'object modified'],
  ])('is claimed by an operator with %s: %s', (spec, expected) => {
    const yaml = `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: x }
spec: { ${spec} }`;
    expect(facts(yaml.replace('STEP', 'a'), yaml.replace('STEP', 'b'))).toEqual([
      expect.stringMatching(new RegExp(`^${expected} Prometheus x: spec\\.storage\\..* a -> b$`)),
    ]);
  });

  it('stays where Argo CD is told not to prune it', () => {
    const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, annotations: { argocd.argoproj.io/sync-options: "Delete=false,Prune=false" } }`;
    expect(facts(claim, '')).toEqual(['object modified PersistentVolumeClaim data is left to itself (Prune=false)']);
  });
});

describe('the versions of a custom resource', () => {
  const definition = (...versions: string[]) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec: { group: example.com, versions: [${versions.join(', ')}] }`;
  const [old, now] = ['{ name: v1alpha1, served: true, storage: true }', '{ name: v1, served: true, storage: true }'];

  it('are said to be gone, or stored in another one', () => {
    expect(facts(definition(old), definition(old.replaceAll('true', 'false'), now))).toEqual([
      'state changed version v1alpha1 is no longer served',
      'state changed storage version: v1alpha1 -> v1',
    ]);
    expect(facts(definition(old), definition(old.replace('served: true', 'served: false')))).toEqual([
      'state changed version v1alpha1 is no longer served',
    ]);
  });

  it('cannot go while objects are stored in them', () => {
    expect(facts(definition(old), definition(now))).toContain('immutable changed spec.versions[0]');
  });

  it('may change in their schema without a word on state', () => {
    const described = now.replace('storage: true', 'storage: true, schema: {}');
    expect(facts(definition(now), definition(described))).toEqual([
      'object modified CustomResourceDefinition widgets.example.com: spec.versions[v1].schema added',
    ]);
  });
});
