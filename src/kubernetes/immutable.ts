import { at, type Path, scalar, text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';

/** Why the API server refuses the change. */
export interface Immutable {
  /** A full sentence. */
  readonly reason: string;
}

interface Law {
  /** Prefixes of paths that cannot change. */
  readonly fixed: readonly Path[];
  /** Exceptions below them. */
  readonly free?: readonly Path[];
  readonly when?: (before: KubeObject) => boolean;
  readonly reason: string;
}

const SELECTOR = 'The selector of a running workload cannot change; it must be deleted and made anew.';

/** What the validation of updates in k8s.io/kubernetes, pkg/apis, refuses, by group and kind. */
const LAWS: ReadonlyMap<string, readonly Law[]> = new Map<string, readonly Law[]>([
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
        when: before => text(before.root, 'spec', 'type') !== 'ExternalName' && hasText(before, ['spec', 'clusterIP']),
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
    ],
  ],
  [
    '/PersistentVolume',
    [
      {
        fixed: [
          'awsElasticBlockStore',
          'azureDisk',
          'azureFile',
          'cephfs',
          'cinder',
          'csi',
          'fc',
          'flexVolume',
          'flocker',
          'gcePersistentDisk',
          'glusterfs',
          'hostPath',
          'iscsi',
          'local',
          'nfs',
          'photonPersistentDisk',
          'portworxVolume',
          'quobyte',
          'rbd',
          'scaleIO',
          'storageos',
          'vsphereVolume',
          'volumeMode',
        ].map(field => ['spec', field]),
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
 * Whether the API server refuses a change at the path of the object as it stands, so that a sync fails. The group and
 * kind are those of the object.
 */
export function isImmutable(before: KubeObject, path: Path): Immutable | undefined {
  const law = LAWS.get(`${before.id.group}/${before.id.kind}`)?.find(
    ({ fixed, free = [], when }) =>
      fixed.some(prefix => startsWith(path, prefix)) &&
      !free.some(prefix => startsWith(path, prefix)) &&
      (when === undefined || when(before)),
  );
  return law === undefined ? undefined : { reason: law.reason };
}

function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((step, index) => path[index] === step);
}

function hasText(object: KubeObject, path: Path): boolean {
  return (text(object.root, ...path) ?? '') !== '';
}
