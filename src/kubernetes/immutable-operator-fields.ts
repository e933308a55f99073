import { compareTags } from '../image/version.ts';
import { at, items, number, type Path, type Scalar, scalar, text } from '../yaml/node.ts';
import { type Law, shrinks } from './immutable-fields.ts';
import { annotation, type KubeObject } from './object.ts';
import { compareQuantities, parseQuantity } from './quantity.ts';

const RECREATE = 'it must be deleted and made anew';

const CLAIMS: Path = ['spec', 'nodeSets', '*', 'volumeClaimTemplates'];
const CLAIM_SIZE: Path = [...CLAIMS, '*', 'spec', 'resources', 'requests', 'storage'];

/**
 * What the webhooks of database operators refuse. mariadb-operator: the fields marked `webhook:"inmutable"` in
 * api/v1alpha1/*_types.go, and mariadb_webhook.go. CloudNativePG: internal/webhook/v1/cluster_webhook.go. ECK:
 * pkg/controller/elasticsearch/validation (`noDowngrades`, `validPVCModification`). The operator of RabbitMQ takes the
 * object and then stops reconciling it: internal/scaling/scaling.go, internal/controller/reconcile_scale_down.go.
 */
export const OPERATOR_LAWS: ReadonlyMap<string, readonly Law[]> = new Map<string, readonly Law[]>([
  [
    'k8s.mariadb.com/MariaDB',
    [
      {
        fixed: [
          ['spec', 'storage', 'storageClassName'],
          ['spec', 'database'],
          ['spec', 'username'],
          ['spec', 'timeZone'],
        ],
        reason: 'The storage class, time zone and initial database and user of a MariaDB cannot change.',
      },
      {
        fixed: [['spec', 'storage', 'size']],
        when: shrinks('spec', 'storage', 'size'),
        reason: 'The storage of a MariaDB cannot shrink.',
      },
    ],
  ],
  ['k8s.mariadb.com/Database', sqlLaws('Database', ['name'], ['characterSet', 'collate'])],
  ['k8s.mariadb.com/User', sqlLaws('User', ['name'], ['host'])],
  ['k8s.mariadb.com/Grant', sqlLaws('Grant', ['username'], ['database', 'table', 'host', 'grantOption'])],
  ['k8s.mariadb.com/Backup', sqlLaws('Backup', ['storage', 'stagingStorage'], [])],
  ['k8s.mariadb.com/PhysicalBackup', sqlLaws('PhysicalBackup', ['storage', 'stagingStorage'], [])],
  [
    'postgresql.cnpg.io/Cluster',
    [
      {
        fixed: [['spec', 'storage', 'size']],
        when: shrinks('spec', 'storage', 'size'),
        reason: 'The storage of a Cluster cannot shrink.',
      },
      {
        fixed: [['spec', 'walStorage', 'size']],
        when: shrinks('spec', 'walStorage', 'size'),
        reason: 'The storage for the write-ahead log of a Cluster cannot shrink.',
      },
    ],
  ],
  [
    'rabbitmq.com/RabbitmqCluster',
    [
      {
        fixed: [['spec', 'persistence', 'storage']],
        when: shrinks('spec', 'persistence', 'storage'),
        reason: 'The storage of a RabbitmqCluster cannot shrink.',
      },
      {
        fixed: [['spec', 'persistence', 'storage']],
        when: isFirstStorage,
        reason:
          'A RabbitmqCluster that keeps its messages in memory cannot get storage; it must be deleted and made anew.',
      },
      {
        fixed: [['spec', 'replicas']],
        when: losesNodes,
        reason: 'The operator of RabbitMQ takes no node out of a cluster; it stops reconciling instead.',
      },
    ],
  ],
  [
    'elasticsearch.k8s.elastic.co/Elasticsearch',
    [
      {
        fixed: [CLAIMS],
        free: [CLAIM_SIZE],
        reason: 'A node set of Elasticsearch lets only the size of its volumes grow; others need another node set.',
      },
      { fixed: [CLAIM_SIZE], when: claimShrinks, reason: 'The volumes of a node set of Elasticsearch cannot shrink.' },
      { fixed: [['spec', 'version']], when: goesBack, reason: 'An Elasticsearch cannot go back to an older version.' },
    ],
  ],
]);

/** @param filledIn Fields that have a value where none is written, so that writing one down need not change it. */
function sqlLaws(kind: string, fields: readonly string[], filledIn: readonly string[]): Law[] {
  const reason = `What a ${kind} stands for in MariaDB cannot change; ${RECREATE}.`;
  return [
    { fixed: [...fields, 'mariaDbRef'].map(field => ['spec', field]), reason },
    ...filledIn.map(field => ({ fixed: [['spec', field]], when: isWrittenTwice('spec', field), reason })),
  ];
}

function isWrittenTwice(...path: Path): NonNullable<Law['when']> {
  return (before, after) =>
    scalar(before.root, ...path) !== undefined && (after === undefined || scalar(after.root, ...path) !== undefined);
}

/** From no storage at all; what is not written has the default, which is some. */
function isFirstStorage(before: KubeObject, after: KubeObject | undefined): boolean {
  const [old, now] = [before, after].map(object =>
    parseQuantity(scalar(object?.root, 'spec', 'persistence', 'storage')),
  );
  return old === 0n && after !== undefined && now !== 0n;
}

/** To none at all it can go. */
function losesNodes(before: KubeObject, after: KubeObject | undefined): boolean {
  const [old, now] = [before, after].map(object => number(object?.root, 'spec', 'replicas') ?? 1);
  return after !== undefined && old !== undefined && now !== undefined && now > 0 && now < old;
}

function claimShrinks(before: KubeObject, after: KubeObject | undefined): boolean {
  const sizes = claimSizes(before);
  return [...claimSizes(after)].some(([claim, size]) => (compareQuantities(size, sizes.get(claim)) ?? 0) < 0);
}

/** By the names of node set and claim. */
function claimSizes(search: KubeObject | undefined): Map<string, Scalar | undefined> {
  return new Map(
    items(at(search?.root, 'spec', 'nodeSets')).flatMap(nodes =>
      items(at(nodes, 'volumeClaimTemplates')).map(claim => [
        `${text(nodes, 'name')} ${text(claim, 'metadata', 'name')}`,
        scalar(claim, 'spec', 'resources', 'requests', 'storage'),
      ]),
    ),
  );
}

function goesBack(before: KubeObject, after: KubeObject | undefined): boolean {
  if (after === undefined || annotation(after, 'eck.k8s.elastic.co/disable-downgrade-validation') === 'true')
    return false;
  const [old, now] = [before, after].map(({ root }) => text(root, 'spec', 'version'));
  return compareTags(old, now).move === 'downgrade';
}
