import { at, items, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';
import { compareQuantities } from './quantity.ts';

/** Fields of one kind that cannot change. In a path, `*` stands for any step. */
export interface Law {
  readonly fixed: readonly Path[];
  /** Exceptions below them. */
  readonly free?: readonly Path[];
  /** For laws that depend on the values; `after` is undefined where the caller does not know it. */
  readonly when?: (before: KubeObject, after: KubeObject | undefined) => boolean;
  /** A full sentence. */
  readonly reason: string;
}

const VOLUME_SOURCES = (
  'awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs hostPath ' +
  'iscsi local nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume volumeMode'
).split(' ');

const SELECTOR = 'The selector of a running workload cannot change; it must be deleted and made anew.';

/** What the validation of updates in k8s.io/kubernetes, pkg/apis, refuses, by group and kind. */
export const LAWS: ReadonlyMap<string, readonly Law[]> = new Map<string, readonly Law[]>([
  ['apps/Deployment', [{ fixed: [['spec', 'selector']], reason: SELECTOR }]],
  ['apps/DaemonSet', [{ fixed: [['spec', 'selector']], reason: SELECTOR }]],
  ['apps/ReplicaSet', [{ fixed: [['spec', 'selector']], reason: SELECTOR }]],
  [
    'apps/StatefulSet',
    [
      { fixed: [['spec', 'selector']], reason: SELECTOR },
      {
        fixed: [['spec']],
        free: [
          ['spec', 'replicas'],
          ['spec', 'ordinals'],
          ['spec', 'template'],
          ['spec', 'updateStrategy'],
          ['spec', 'persistentVolumeClaimRetentionPolicy'],
          ['spec', 'minReadySeconds'],
          ['spec', 'revisionHistoryLimit'],
        ],
        reason: 'A StatefulSet lets only replicas, ordinals, template, updateStrategy and retention change.',
      },
    ],
  ],
  [
    '/Pod',
    [
      {
        fixed: [['spec']],
        free: [
          ['spec', 'containers', '*', 'image'],
          ['spec', 'initContainers', '*', 'image'],
          ['spec', 'activeDeadlineSeconds'],
          ['spec', 'terminationGracePeriodSeconds'],
          ['spec', 'tolerations'],
        ],
        reason: 'A Pod lets little more than its images change; it must be deleted and made anew.',
      },
    ],
  ],
  [
    'batch/Job',
    [
      {
        fixed: [
          ['spec', 'template'],
          ['spec', 'selector'],
          ['spec', 'completionMode'],
          ['spec', 'podFailurePolicy'],
          ['spec', 'backoffLimitPerIndex'],
          ['spec', 'managedBy'],
          ['spec', 'successPolicy'],
        ],
        reason: 'The template of a Job cannot change; the Job must be replaced, or be a hook.',
      },
    ],
  ],
  [
    '/Service',
    [
      {
        fixed: [
          ['spec', 'clusterIP'],
          ['spec', 'clusterIPs'],
        ],
        when: keepsAddress,
        reason: 'The cluster address of a Service cannot change.',
      },
    ],
  ],
  [
    '/PersistentVolumeClaim',
    [
      {
        fixed: [['spec']],
        free: [
          ['spec', 'resources'],
          ['spec', 'volumeAttributesClassName'],
        ],
        reason: 'A claim lets only its size grow and its attributes class change.',
      },
      {
        fixed: [['spec', 'resources', 'requests', 'storage']],
        when: shrinks('spec', 'resources', 'requests', 'storage'),
        reason: 'A claim cannot shrink.',
      },
    ],
  ],
  [
    '/PersistentVolume',
    [
      {
        fixed: VOLUME_SOURCES.map(source => ['spec', source]),
        reason: 'The source of a PersistentVolume cannot change.',
      },
      {
        fixed: [['spec', 'nodeAffinity']],
        when: before => at(before.root, 'spec', 'nodeAffinity') !== undefined,
        reason: 'The node affinity of a PersistentVolume cannot change once it is set.',
      },
    ],
  ],
  [
    'storage.k8s.io/StorageClass',
    [
      {
        fixed: [['parameters'], ['provisioner'], ['reclaimPolicy'], ['volumeBindingMode']],
        reason: 'A StorageClass cannot change its provisioner, parameters, reclaim policy or binding mode.',
      },
    ],
  ],
  [
    'rbac.authorization.k8s.io/RoleBinding',
    [
      {
        fixed: [['roleRef']],
        reason: 'The role of a binding cannot change; the binding must be deleted and made anew.',
      },
    ],
  ],
  [
    'rbac.authorization.k8s.io/ClusterRoleBinding',
    [
      {
        fixed: [['roleRef']],
        reason: 'The role of a binding cannot change; the binding must be deleted and made anew.',
      },
    ],
  ],
  ['/ConfigMap', [frozen('ConfigMap')]],
  ['/Secret', [{ fixed: [['type']], reason: 'The type of a Secret cannot change.' }, frozen('Secret')]],
  [
    'scheduling.k8s.io/PriorityClass',
    [{ fixed: [['value'], ['preemptionPolicy']], reason: 'The value of a PriorityClass cannot change.' }],
  ],
  [
    'networking.k8s.io/IngressClass',
    [{ fixed: [['spec', 'controller']], reason: 'The controller of an IngressClass cannot change.' }],
  ],
  ['node.k8s.io/RuntimeClass', [{ fixed: [['handler']], reason: 'The handler of a RuntimeClass cannot change.' }]],
  [
    'apiextensions.k8s.io/CustomResourceDefinition',
    [
      {
        fixed: [
          ['spec', 'scope'],
          ['spec', 'group'],
          ['spec', 'names', 'plural'],
          ['spec', 'names', 'kind'],
        ],
        reason: 'The scope and names of a CustomResourceDefinition cannot change while it is in use.',
      },
      {
        fixed: [['spec', 'versions']],
        when: dropsStoredVersion,
        reason: 'The version that objects are stored in cannot go while status.storedVersions has it.',
      },
    ],
  ],
]);

function frozen(kind: string): Law {
  return {
    fixed: [['data'], ['binaryData'], ['stringData'], ['immutable']],
    when: before => scalar(before.root, 'immutable') === true,
    reason: `The ${kind} is immutable; new content needs a new name.`,
  };
}

/**
 * An address that is taken away in git stays as it is, and one that was never written was given by the cluster; only
 * another address is refused. To and from ExternalName it may change.
 */
function keepsAddress(before: KubeObject, after: KubeObject | undefined): boolean {
  const isExternal = (service: KubeObject | undefined) => text(service?.root, 'spec', 'type') === 'ExternalName';
  if (isExternal(before) || isExternal(after)) return false;
  return after === undefined || (text(after.root, 'spec', 'clusterIP') ?? '') !== '';
}

/** Validation of a definition's status (apiextensions validation.go): each stored version must appear in the spec. */
function dropsStoredVersion(before: KubeObject, after: KubeObject | undefined): boolean {
  const stored = items(at(before.root, 'spec', 'versions')).find(version => scalar(version, 'storage') === true);
  const kept = items(at(after?.root, 'spec', 'versions')).map(version => text(version, 'name'));
  return after !== undefined && stored !== undefined && !kept.includes(text(stored, 'name'));
}

/** The quantity at the path becomes smaller. */
export function shrinks(...path: Path): NonNullable<Law['when']> {
  return (before, after) =>
    after !== undefined && (compareQuantities(scalar(after.root, ...path), scalar(before.root, ...path)) ?? 0) < 0;
}
