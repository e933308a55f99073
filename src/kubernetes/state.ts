import { at, items, text } from '../yaml/node.ts';
import { isDatabaseResource } from './engines.ts';
import type { KubeObject } from './object.ts';

/** Kinds whose removal takes data with it, and what is lost. */
const STATEFUL: ReadonlyMap<string, string> = new Map([
  ['/Namespace', 'everything in the namespace'],
  ['/PersistentVolume', 'the data of the volume'],
  ['/PersistentVolumeClaim', 'the data of the volume, unless its reclaim policy retains it'],
  ['apiextensions.k8s.io/CustomResourceDefinition', 'every object of the kind'],
  ['longhorn.io/Volume', 'the data of the volume'],
  ['longhorn.io/Replica', 'a copy of the data of a volume'],
  ['longhorn.io/Backup', 'a backup'],
  ['longhorn.io/BackupVolume', 'the backups of a volume'],
  ['snapshot.storage.k8s.io/VolumeSnapshot', 'a snapshot'],
  ['snapshot.storage.k8s.io/VolumeSnapshotContent', 'a snapshot'],
  ['kafka.strimzi.io/KafkaTopic', 'the messages of the topic'],
  ['kafka.strimzi.io/KafkaNodePool', 'the brokers and their messages'],
  ['ceph.rook.io/CephCluster', 'the data of the cluster'],
  ['ceph.rook.io/CephBlockPool', 'the data of the pool'],
  ['ceph.rook.io/CephFilesystem', 'the data of the file system'],
  ['ceph.rook.io/CephObjectStore', 'the data of the store'],
  ['objectbucket.io/ObjectBucketClaim', 'the data of the bucket'],
]);

/** Resources of mariadb-operator that drop what they made, unless `cleanupPolicy` is `Skip`. */
const CLEANED_UP: ReadonlyMap<string, string> = new Map([
  ['Database', 'the database: its removal runs DROP DATABASE'],
  ['User', 'the user: its removal runs DROP USER'],
  ['Grant', 'the grant: its removal runs REVOKE'],
]);

/** What is lost with the object, in words; undefined for one that keeps no state. */
export function holdsState(object: KubeObject): string | undefined {
  const { group, kind } = object.id;
  const known = STATEFUL.get(`${group}/${kind}`);
  if (known !== undefined) return known;
  if (group === 'apps' && kind === 'StatefulSet') {
    const claims = items(at(object.root, 'spec', 'volumeClaimTemplates'));
    return claims.length === 0
      ? undefined
      : 'the pods of the volumes; the claims stay unless their retention says Delete';
  }
  if (group === 'k8s.mariadb.com' && text(object.root, 'spec', 'cleanupPolicy') !== 'Skip') {
    const cleaned = CLEANED_UP.get(kind);
    if (cleaned !== undefined) return cleaned;
  }
  if (group === 'postgresql.cnpg.io' && kind === 'Database') {
    return text(object.root, 'spec', 'databaseReclaimPolicy') === 'delete' ? 'the database' : undefined;
  }
  return isDatabaseResource(object) ? 'the database and its data' : undefined;
}
