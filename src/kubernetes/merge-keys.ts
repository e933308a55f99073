import type { Path } from '../yaml/node.ts';

/**
 * How a strategic merge patch treats lists: the keys by which items are the same item. Source: the OpenAPI of Kubernetes
 * 1.21 that kubernetes-sigs/kustomize bundles (kyaml/openapi/kubernetesapi), `x-kubernetes-patch-merge-key` and
 * `x-kubernetes-list-map-keys`. Lists that the table does not name are replaced as a whole.
 */
export interface Shape {
  readonly fields: ReadonlyMap<string, Shape>;
  /** Set for a list that merges: the keys of its items, none for a set of plain values. */
  readonly mergeKeys?: readonly string[];
  /** The shape of the items of a list that merges. */
  readonly items?: Shape;
}

function object(fields: Record<string, Shape>): Shape {
  return { fields: new Map(Object.entries(fields)) };
}

const LEAF = object({});

function merging(mergeKeys: readonly string[], items: Shape = LEAF): Shape {
  return { fields: LEAF.fields, mergeKeys, items };
}

const CONDITIONS = object({ conditions: merging(['type']) });

const EPHEMERAL_CONTAINER = object({
  env: merging(['name']),
  volumeDevices: merging(['devicePath']),
  volumeMounts: merging(['mountPath']),
});

const CONTAINER: Shape = {
  fields: new Map([...EPHEMERAL_CONTAINER.fields, ['ports', merging(['containerPort', 'protocol'])]]),
};

/** Fields of a pod's spec, wherever a pod template stands. */
const POD_SPEC = object({
  containers: merging(['name'], CONTAINER),
  initContainers: merging(['name'], CONTAINER),
  ephemeralContainers: merging(['name'], EPHEMERAL_CONTAINER),
  volumes: merging(['name']),
  imagePullSecrets: merging(['name']),
  hostAliases: merging(['ip']),
  topologySpreadConstraints: merging(['topologyKey', 'whenUnsatisfiable']),
});

const METADATA = object({ finalizers: merging([]), ownerReferences: merging(['uid']) });
const POD_TEMPLATE = object({ metadata: METADATA, spec: POD_SPEC });
const JOB_SPEC = object({ template: POD_TEMPLATE });

function kind(fields: Record<string, Shape> = {}): Shape {
  return object({ metadata: METADATA, ...fields });
}

const PLAIN = kind();
const WITH_TEMPLATE = kind({ spec: object({ template: POD_TEMPLATE }), status: CONDITIONS });
const WITH_WEBHOOKS = kind({ webhooks: merging(['name']) });
const WITH_CONDITIONS = kind({ status: CONDITIONS });
const CRON_JOB = kind({ spec: object({ jobTemplate: object({ metadata: METADATA, spec: JOB_SPEC }) }) });
const CSI_NODE = kind({ spec: object({ drivers: merging(['name']) }) });

/** Kinds with a list of their own that merges, by `apiVersion kind`. */
const SPECIAL: ReadonlyMap<string, Shape> = new Map([
  ['v1 Pod', kind({ spec: POD_SPEC, status: object({ conditions: merging(['type']), podIPs: merging(['ip']) }) })],
  ['v1 PodTemplate', kind({ template: POD_TEMPLATE })],
  ['v1 ReplicationController', WITH_TEMPLATE],
  ['apps/v1 DaemonSet', WITH_TEMPLATE],
  ['apps/v1 Deployment', WITH_TEMPLATE],
  ['apps/v1 ReplicaSet', WITH_TEMPLATE],
  ['apps/v1 StatefulSet', WITH_TEMPLATE],
  ['batch/v1 Job', kind({ spec: JOB_SPEC, status: CONDITIONS })],
  ['batch/v1 CronJob', CRON_JOB],
  ['batch/v1beta1 CronJob', CRON_JOB],
  ['v1 Service', kind({ spec: object({ ports: merging(['port', 'protocol']) }), status: CONDITIONS })],
  ['v1 ServiceAccount', kind({ secrets: merging(['name']) })],
  ['v1 Namespace', WITH_CONDITIONS],
  ['v1 PersistentVolumeClaim', WITH_CONDITIONS],
  [
    'v1 Node',
    kind({
      spec: object({ podCIDRs: merging([]) }),
      status: object({ addresses: merging(['type']), conditions: merging(['type']) }),
    }),
  ],
  ['policy/v1 PodDisruptionBudget', WITH_CONDITIONS],
  ['policy/v1beta1 PodDisruptionBudget', WITH_CONDITIONS],
  ['storage.k8s.io/v1 CSINode', CSI_NODE],
  ['storage.k8s.io/v1beta1 CSINode', CSI_NODE],
  ['apiregistration.k8s.io/v1 APIService', WITH_CONDITIONS],
  ['apiregistration.k8s.io/v1beta1 APIService', WITH_CONDITIONS],
  ['admissionregistration.k8s.io/v1 MutatingWebhookConfiguration', WITH_WEBHOOKS],
  ['admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration', WITH_WEBHOOKS],
  ['admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration', WITH_WEBHOOKS],
  ['admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration', WITH_WEBHOOKS],
]);

/** Kinds whose only list that merges is in their metadata: apiVersion to kinds. */
const ORDINARY: ReadonlyMap<string, readonly string[]> = new Map([
  ['v1', ['ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolume', 'ResourceQuota', 'Secret']],
  ['apps/v1', ['ControllerRevision']],
  ['autoscaling/v1', ['HorizontalPodAutoscaler']],
  ['autoscaling/v2beta1', ['HorizontalPodAutoscaler']],
  ['autoscaling/v2beta2', ['HorizontalPodAutoscaler']],
  ['extensions/v1beta1', ['Ingress']],
  ['networking.k8s.io/v1', ['Ingress', 'IngressClass', 'NetworkPolicy']],
  ['networking.k8s.io/v1beta1', ['Ingress', 'IngressClass']],
  ['policy/v1beta1', ['PodSecurityPolicy']],
  ['rbac.authorization.k8s.io/v1', ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']],
  ['rbac.authorization.k8s.io/v1beta1', ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']],
  ['scheduling.k8s.io/v1', ['PriorityClass']],
  ['storage.k8s.io/v1', ['CSIDriver', 'StorageClass', 'VolumeAttachment']],
  ['apiextensions.k8s.io/v1', ['CustomResourceDefinition']],
  ['apiextensions.k8s.io/v1beta1', ['CustomResourceDefinition']],
  ['coordination.k8s.io/v1', ['Lease']],
]);

/** What tells how the lists of a kind merge. */
export type ShapeOf = (apiVersion: string, kindName: string) => Shape | undefined;

/** What is known about the lists of a kind; undefined for custom resources and kinds newer than the table. */
export function shapeOf(apiVersion: string, kindName: string): Shape | undefined {
  return SPECIAL.get(`${apiVersion} ${kindName}`) ?? (ORDINARY.get(apiVersion)?.includes(kindName) ? PLAIN : undefined);
}

/**
 * The keys by which the items of the list at the path are told apart: none for a set of plain values, undefined for a
 * list without such keys, whose items only have their position.
 */
export function mergeKeys(apiVersion: string, kindName: string, path: Path): readonly string[] | undefined {
  let shape = shapeOf(apiVersion, kindName);
  for (const step of path) shape = typeof step === 'number' ? shape?.items : shape?.fields.get(step);
  return shape?.mergeKeys;
}
