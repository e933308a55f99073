import { text } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';

/** An API version of some kinds that Kubernetes no longer serves. */
export interface RemovedApi {
  readonly apiVersion: string;
  /** The first minor release of Kubernetes 1 without it. */
  readonly removedIn: number;
  /** The apiVersion that takes its place; undefined where the API is gone altogether. */
  readonly replacement: string | undefined;
}

/**
 * The oldest minor release of Kubernetes 1 that its project still maintains, by kubernetes.io/releases in November 2026.
 * What is gone there runs in no maintained cluster.
 */
export const OLDEST_MAINTAINED = 34;

type Row = readonly [removedIn: number, apiVersion: string, kinds: string, replacement: string | undefined];

/** From kubernetes.io/docs/reference/using-api/deprecation-guide; alpha APIs from the release notes. */
const ROWS: readonly Row[] = [
  [16, 'extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', 'apps/v1'],
  [16, 'extensions/v1beta1', 'NetworkPolicy', 'networking.k8s.io/v1'],
  [16, 'extensions/v1beta1', 'PodSecurityPolicy', undefined],
  [16, 'apps/v1beta1', 'ControllerRevision Deployment StatefulSet', 'apps/v1'],
  [16, 'apps/v1beta2', 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet', 'apps/v1'],
  [22, 'extensions/v1beta1', 'Ingress', 'networking.k8s.io/v1'],
  [22, 'networking.k8s.io/v1beta1', 'Ingress IngressClass', 'networking.k8s.io/v1'],
  [
    22,
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1',
  ],
  [22, 'apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 'apiextensions.k8s.io/v1'],
  [22, 'apiregistration.k8s.io/v1beta1', 'APIService', 'apiregistration.k8s.io/v1'],
  [22, 'certificates.k8s.io/v1beta1', 'CertificateSigningRequest', 'certificates.k8s.io/v1'],
  [22, 'coordination.k8s.io/v1beta1', 'Lease', 'coordination.k8s.io/v1'],
  [
    22,
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1',
  ],
  [
    23,
    'rbac.authorization.k8s.io/v1alpha1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1',
  ],
  [22, 'scheduling.k8s.io/v1beta1', 'PriorityClass', 'scheduling.k8s.io/v1'],
  [23, 'scheduling.k8s.io/v1alpha1', 'PriorityClass', 'scheduling.k8s.io/v1'],
  [22, 'storage.k8s.io/v1beta1', 'CSIDriver CSINode StorageClass VolumeAttachment', 'storage.k8s.io/v1'],
  [25, 'batch/v1beta1', 'CronJob', 'batch/v1'],
  [21, 'batch/v2alpha1', 'CronJob', 'batch/v1'],
  [25, 'discovery.k8s.io/v1beta1', 'EndpointSlice', 'discovery.k8s.io/v1'],
  [25, 'events.k8s.io/v1beta1', 'Event', 'events.k8s.io/v1'],
  [25, 'autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'autoscaling/v2'],
  [25, 'policy/v1beta1', 'PodDisruptionBudget', 'policy/v1'],
  [25, 'policy/v1beta1', 'PodSecurityPolicy', undefined],
  [25, 'node.k8s.io/v1beta1', 'RuntimeClass', 'node.k8s.io/v1'],
  [26, 'autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'autoscaling/v2'],
  [
    26,
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [27, 'storage.k8s.io/v1beta1', 'CSIStorageCapacity', 'storage.k8s.io/v1'],
  [
    29,
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    32,
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
];

const REMOVED: ReadonlyMap<string, RemovedApi> = new Map(
  ROWS.flatMap(([removedIn, apiVersion, kinds, replacement]) =>
    kinds.split(' ').map(kind => [`${apiVersion} ${kind}`, { apiVersion, removedIn, replacement }]),
  ),
);

/** The apiVersions of the table, to find by text the files that may use one. */
export const REMOVED_API_VERSIONS: readonly string[] = [...new Set(ROWS.map(([, apiVersion]) => apiVersion))];

/** The API that the object is written for, where some release no longer serves it. */
export function removedApi({ id, root }: KubeObject): RemovedApi | undefined {
  return REMOVED.get(`${text(root, 'apiVersion')} ${id.kind}`);
}
