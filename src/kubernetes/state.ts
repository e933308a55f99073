import { at, items, text } from '../yaml/node.ts';
import { isDatabaseResource } from './engines.ts';
import type { KubeObject } from './object.ts';

/** Kinds whose removal takes data with it, and what is said of that. */
const STATEFUL: ReadonlyMap<string, string> = new Map([
  ['/Namespace', 'everything in the namespace goes with it'],
  ['/PersistentVolume', 'the data of the volume goes with it, unless its reclaim policy retains it'],
  ['/PersistentVolumeClaim', 'the data of the volume goes with it, unless its reclaim policy retains it'],
  ['apiextensions.k8s.io/CustomResourceDefinition', 'every object of the kind goes with it'],
  ['longhorn.io/Volume', 'the data of the volume goes with it'],
  ['longhorn.io/Replica', 'a copy of the data of a volume goes with it'],
  ['longhorn.io/Backup', 'a backup of a volume goes with it'],
  ['longhorn.io/BackupVolume', 'the backups of a volume go with it'],
  [
    'snapshot.storage.k8s.io/VolumeSnapshot',
    'a snapshot of a volume goes with it, unless its deletion policy retains it',
  ],
  [
    'snapshot.storage.k8s.io/VolumeSnapshotContent',
    'a snapshot of a volume goes with it, unless its deletion policy retains it',
  ],
  ['kafka.strimzi.io/KafkaTopic', 'the messages of the topic go with it'],
  ['kafka.strimzi.io/KafkaNodePool', 'the brokers and their messages go with it'],
  ['ceph.rook.io/CephCluster', 'the data of the cluster goes with it'],
  ['ceph.rook.io/CephBlockPool', 'the data of the pool goes with it'],
  ['ceph.rook.io/CephFilesystem', 'the data of the file system goes with it'],
  ['ceph.rook.io/CephObjectStore', 'the data of the store goes with it'],
  ['objectbucket.io/ObjectBucketClaim', 'the data of the bucket goes with it, unless its reclaim policy retains it'],
]);

/** Resources of mariadb-operator that drop what they made, unless `cleanupPolicy` is `Skip`. */
const CLEANED_UP: ReadonlyMap<string, string> = new Map([
  ['Database', 'its removal runs DROP DATABASE'],
  ['User', 'its removal runs DROP USER'],
  ['Grant', 'its removal runs REVOKE'],
]);

/** What the object's removal takes with it, as a clause; undefined for one that keeps no state. */
export function holdsState(object: KubeObject): string | undefined {
  const { group, kind } = object.id;
  const known = STATEFUL.get(`${group}/${kind}`);
  if (known !== undefined) return known;
  if (group === 'apps' && kind === 'StatefulSet') {
    const claims = items(at(object.root, 'spec', 'volumeClaimTemplates'));
    return claims.length === 0
      ? undefined
      : 'its pods go, and the claims of their volumes stay unless their retention says Delete';
  }
  if (group === 'k8s.mariadb.com' && text(object.root, 'spec', 'cleanupPolicy') !== 'Skip') {
    const cleaned = CLEANED_UP.get(kind);
    if (cleaned !== undefined) return cleaned;
  }
  if (group === 'postgresql.cnpg.io' && kind === 'Database') {
    return text(object.root, 'spec', 'databaseReclaimPolicy') === 'delete' ? 'the database goes with it' : undefined;
  }
  return isDatabaseResource(object) ? 'the database and its data go with it' : undefined;
}
