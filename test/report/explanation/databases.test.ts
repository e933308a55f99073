import { describe, expect, it } from 'vitest';
import { databaseSteps } from '../../../src/report/explanation/databases.ts';
import { change } from '../../support/changes.ts';

function steps(before: string, after: string): string[] {
  return databaseSteps(change(before, after)).map(({ objects, text }) => `${objects[0]}: ${text}`);
}

function mariadb(image: string, spec = ''): string {
  return `{ apiVersion: k8s.mariadb.com/v1alpha1, kind: MariaDB, metadata: { name: db }, spec: { image: "${image}", ${spec} } }`;
}

function cluster(image: string, spec = ''): string {
  return `{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: db }, spec: { imageName: "${image}", ${spec} } }`;
}

function statefulSet(image: string): string {
  return `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: db }, spec: { template: { spec: { containers: [{ name: db, image: "${image}" }] } } } }`;
}

// mariadb-operator docs/updates.md: ReplicasFirstPrimaryLast is the default.
describe('what mariadb-operator does with a new version', () => {
  it.each([
    ['', 'replaces its only pod, so the database is away'],
    ['replicas: 3', 'replaces 3 pods one after the other, the replicas first and the primary last'],
    ['replicas: 3, updateStrategy: { type: ReplicasFirstPrimaryLast }', 'the replicas first and the primary last'],
    [
      'replicas: 3, updateStrategy: { type: RollingUpdate }',
      'the StatefulSet replaces its 3 pods, one after the other',
    ],
    ['updateStrategy: { type: OnDelete }', 'only once it is deleted by hand'],
    ['updateStrategy: { type: Never }', 'replaces no pod'],
  ])('{ %s }', (spec, told) => {
    expect(steps(mariadb('mariadb:11.4.4', spec), mariadb('mariadb:11.4.5', spec))).toEqual([
      expect.stringContaining(told),
    ]);
  });
});

// cloudnative-pg docs/src/postgres_upgrades.md (offline, in place) and rolling_update.md.
describe('what CloudNativePG does with a new version', () => {
  it.each([
    ['16.4', '17.0', '', 'stops every instance and runs pg_upgrade'],
    ['16.4', '16.5', '', 'the primary comes last'],
    ['16.4', '16.5', 'primaryUpdateStrategy: supervised', 'the primary waits for a switchover by hand'],
  ])('%s -> %s { %s }', (from, to, spec, told) => {
    const image = 'ghcr.io/cloudnative-pg/postgresql';
    expect(steps(cluster(`${image}:${from}`, spec), cluster(`${image}:${to}`, spec))).toEqual([
      expect.stringContaining(told),
    ]);
  });
});

// The upgrade notes of each engine.
describe('what a new series does with the data', () => {
  it.each([
    ['mariadb:10.11.9', 'mariadb:11.4.5', 'mariadb-upgrade has to run once'],
    ['mysql:8.0.40', 'mysql:8.4.3', 'converts its data dictionary at the first start'],
    ['postgres:16.4', 'postgres:17.0', 'does not start on the old data files'],
    ['mongo:6.0.19', 'mongo:7.0.15', 'setFeatureCompatibilityVersion'],
    ['redis:7.2.4', 'redis:7.4.1', 'writes new ones that 7.2.4 does not read'],
    ['valkey:8.1.5', 'valkey:9.0.0', 'writes new ones that 8.1.5 does not read'],
    ['rabbitmq:3.13.7', 'rabbitmq:4.0.4', 'stable feature flags'],
    ['postgres:17.0', 'postgres:16.4', 'may not start on data files of the newer one'],
  ])('%s -> %s', (from, to, told) => {
    expect(steps(statefulSet(from), statefulSet(to))).toEqual([expect.stringContaining(told)]);
  });

  it.each([
    ['postgres:17.0', 'postgres:17.1'],
    ['redis:7.4.1', 'redis:8.0.0'],
  ])('nothing of %s -> %s: the files stay as they are', (from, to) => {
    expect(steps(statefulSet(from), statefulSet(to))).toEqual([]);
  });
});
