import { at, items, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';

/** How a kind says that backups are made again and again. */
interface Schedules {
  /** Where the times stand; without them the object is one backup, made once. Absent where it is always a schedule. */
  readonly when?: Path;
  /** True while no backup is made. */
  readonly suspended?: Path;
  /** The name of what is backed up. */
  readonly of?: Path;
  /** What the object is called, for a kind that nothing else tells apart. */
  readonly named?: RegExp;
  /** The words of `spec.task` that make backups, for a kind that does other work as well. */
  readonly tasks?: RegExp;
}

/**
 * Kinds whose objects make backups by a schedule, from the types of mariadb-operator (api/v1alpha1), CloudNativePG
 * (api/v1), Velero (pkg/apis/velero/v1), Longhorn (longhorn.io docs, recurring snapshots and backups), K8up, Stash,
 * KubeStash, VolSync and SnapScheduler; and CronJobs that are called so.
 */
const SCHEDULES: ReadonlyMap<string, Schedules> = new Map<string, Schedules>([
  [
    'k8s.mariadb.com/Backup',
    { when: ['spec', 'schedule'], suspended: ['spec', 'schedule', 'suspend'], of: ['spec', 'mariaDbRef', 'name'] },
  ],
  [
    'k8s.mariadb.com/PhysicalBackup',
    { when: ['spec', 'schedule'], suspended: ['spec', 'schedule', 'suspend'], of: ['spec', 'mariaDbRef', 'name'] },
  ],
  ['postgresql.cnpg.io/ScheduledBackup', { suspended: ['spec', 'suspend'], of: ['spec', 'cluster', 'name'] }],
  ['velero.io/Schedule', { suspended: ['spec', 'paused'] }],
  ['longhorn.io/RecurringJob', { tasks: /^(?:backup|snapshot)(?:-force-create)?$/ }],
  ['k8up.io/Schedule', {}],
  ['stash.appscode.com/BackupConfiguration', { suspended: ['spec', 'paused'], of: ['spec', 'target', 'ref', 'name'] }],
  ['core.kubestash.com/BackupConfiguration', { suspended: ['spec', 'paused'], of: ['spec', 'target', 'name'] }],
  ['batch/CronJob', { when: ['spec', 'schedule'], suspended: ['spec', 'suspend'], named: /(?:^|-)backups?(?:-|$)/ }],
  ['volsync.backube/ReplicationSource', { suspended: ['spec', 'paused'], of: ['spec', 'sourcePVC'] }],
  ['snapscheduler.backube/SnapshotSchedule', { suspended: ['spec', 'disabled'] }],
]);

/** Where a database's own resource says how it is backed up. */
const OWN: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['postgresql.cnpg.io/Cluster', ['spec', 'backup']],
  ['pxc.percona.com/PerconaXtraDBCluster', ['spec', 'backup', 'schedule']],
  ['ps.percona.com/PerconaServerMySQL', ['spec', 'backup', 'schedule']],
  ['psmdb.percona.com/PerconaServerMongoDB', ['spec', 'backup', 'tasks']],
]);

/** A schedule by which an object has backups made. */
export interface BackupSchedule {
  readonly path: Path;
  readonly isSuspended: boolean;
  /** The name of what is backed up; undefined where that is not one thing. */
  readonly of: string | undefined;
}

/** The schedule of backups that the object is or has. */
export function backupSchedule(object: KubeObject): BackupSchedule | undefined {
  const key = `${object.id.group}/${object.id.kind}`;
  const own = OWN.get(key);
  if (own !== undefined) {
    const node = at(object.root, ...own);
    const isThere = node?.kind === 'map' || items(node).length > 0;
    return isThere ? { path: own, isSuspended: false, of: object.id.name } : undefined;
  }
  const kind = SCHEDULES.get(key);
  if (kind === undefined || kind.named?.test(object.id.name) === false) return undefined;
  if (kind.tasks?.test(text(object.root, 'spec', 'task') ?? '') === false) return undefined;
  const { when = ['spec'], suspended, of } = kind;
  if (at(object.root, ...when) === undefined) return undefined;
  const isSuspended = suspended !== undefined && scalar(object.root, ...suspended) === true;
  return { path: suspended ?? when, isSuspended, of: of && text(object.root, ...of) };
}
