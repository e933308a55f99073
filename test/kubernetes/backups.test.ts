import { describe, expect, it } from 'vitest';
import { backupSchedule } from '../../src/kubernetes/backups.ts';
import { object } from '../support/objects.ts';

const of = (apiVersion: string, kind: string, spec: string) =>
  backupSchedule(object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: shop }, spec: ${spec} }`));

it.each([
  ['db-backup', true],
  ['backup', true],
  ['backups-prune', true],
  ['backuppc', false],
  ['report', false],
])('a CronJob called %s makes backups: %s', (name, expected) => {
  const cron = object(
    `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: ${name} }, spec: { schedule: "@daily" } }`,
  );
  expect(backupSchedule(cron) !== undefined).toBe(expected);
});

describe('schedules of backups', () => {
  it.each([
    ['k8s.mariadb.com/v1alpha1', 'Backup', '{ mariaDbRef: { name: db }, schedule: { cron: "0 3 * * *" } }', 'db'],
    [
      'k8s.mariadb.com/v1alpha1',
      'PhysicalBackup',
      '{ mariaDbRef: { name: db }, schedule: { cron: "0 3 * * *" } }',
      'db',
    ],
    ['postgresql.cnpg.io/v1', 'ScheduledBackup', '{ cluster: { name: db }, schedule: "0 0 3 * * *" }', 'db'],
    ['postgresql.cnpg.io/v1', 'Cluster', '{ backup: { retentionPolicy: 7d } }', 'shop'],
    ['pxc.percona.com/v1', 'PerconaXtraDBCluster', '{ backup: { schedule: [{ name: nightly }] } }', 'shop'],
    ['psmdb.percona.com/v1', 'PerconaServerMongoDB', '{ backup: { tasks: [{ name: nightly }] } }', 'shop'],
    ['velero.io/v1', 'Schedule', '{ schedule: "0 3 * * *" }', undefined],
    ['longhorn.io/v1beta2', 'RecurringJob', '{ cron: "0 3 * * *", task: backup }', undefined],
    ['longhorn.io/v1beta2', 'RecurringJob', '{ cron: "0 3 * * *", task: snapshot-force-create }', undefined],
    ['k8up.io/v1', 'Schedule', '{ backup: { schedule: "@daily" } }', undefined],
    ['volsync.backube/v1alpha1', 'ReplicationSource', '{ sourcePVC: data }', 'data'],
    ['stash.appscode.com/v1beta1', 'BackupConfiguration', '{ target: { ref: { name: db } } }', 'db'],
  ])('%s %s %s', (apiVersion, kind, spec, expected) => {
    expect(of(apiVersion, kind, spec)).toMatchObject({ isSuspended: false, of: expected });
  });

  it.each([
    [
      'k8s.mariadb.com/v1alpha1',
      'Backup',
      '{ mariaDbRef: { name: db }, schedule: { cron: "0 3 * * *", suspend: true } }',
    ],
    ['postgresql.cnpg.io/v1', 'ScheduledBackup', '{ cluster: { name: db }, suspend: true }'],
    ['velero.io/v1', 'Schedule', '{ paused: true }'],
    ['snapscheduler.backube/v1', 'SnapshotSchedule', '{ disabled: true }'],
  ])('is suspended: %s %s %s', (apiVersion, kind, spec) => {
    expect(of(apiVersion, kind, spec)?.isSuspended).toBe(true);
  });

  it.each([
    ['a backup that is made once', 'k8s.mariadb.com/v1alpha1', 'Backup', '{ mariaDbRef: { name: db } }'],
    ['a job that tidies up', 'longhorn.io/v1beta2', 'RecurringJob', '{ task: snapshot-cleanup }'],
    ['a database without backups', 'postgresql.cnpg.io/v1', 'Cluster', '{ instances: 3 }'],
    ['an empty list', 'pxc.percona.com/v1', 'PerconaXtraDBCluster', '{ backup: { schedule: [] } }'],
    ['another kind of the name', 'example.com/v1', 'Schedule', '{ schedule: "@daily" }'],
  ])('is none: %s', (_what, apiVersion, kind, spec) => {
    expect(of(apiVersion, kind, spec)).toBeUndefined();
  });
});
