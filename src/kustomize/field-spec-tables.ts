import { type FieldSpec, splitPath } from './field-spec.ts';

/**
 * Where kustomize's transformers write by default, from kubernetes-sigs/kustomize,
 * api/internal/konfig/builtinpluginconsts.
 */
function spec(path: string, create: boolean, kind?: string, group?: string, version?: string): FieldSpec {
  return { path: splitPath(path), create, kind, group, version };
}

/** The metadata of an object, and of the pods and jobs that it makes. */
function metadata(field: 'labels' | 'annotations', statefulSetGroup?: string): FieldSpec[] {
  return [
    spec(`metadata/${field}`, true),
    spec(`spec/template/metadata/${field}`, true, 'ReplicationController', undefined, 'v1'),
    spec(`spec/template/metadata/${field}`, true, 'Deployment'),
    spec(`spec/template/metadata/${field}`, true, 'ReplicaSet'),
    spec(`spec/template/metadata/${field}`, true, 'DaemonSet'),
    spec(`spec/template/metadata/${field}`, true, 'StatefulSet', statefulSetGroup),
    spec(`spec/template/metadata/${field}`, true, 'Job', 'batch'),
    spec(`spec/jobTemplate/metadata/${field}`, true, 'CronJob', 'batch'),
    spec(`spec/jobTemplate/spec/template/metadata/${field}`, true, 'CronJob', 'batch'),
  ];
}

function podSelectors(kind: string): FieldSpec[] {
  const affinity = ['podAffinity', 'podAntiAffinity'].flatMap(side => [
    `affinity/${side}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm`,
    `affinity/${side}/requiredDuringSchedulingIgnoredDuringExecution`,
  ]);
  return [...affinity, 'topologySpreadConstraints'].map(path =>
    spec(`spec/template/spec/${path}/labelSelector/matchLabels`, false, kind, 'apps'),
  );
}

export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  ...metadata('labels', 'apps'),
  spec('spec/volumeClaimTemplates[]/metadata/labels', true, 'StatefulSet', 'apps'),
];

export const COMMON_LABELS: readonly FieldSpec[] = [
  spec('spec/selector', true, 'Service', undefined, 'v1'),
  spec('spec/selector', true, 'ReplicationController', undefined, 'v1'),
  spec('spec/selector/matchLabels', true, 'Deployment'),
  ...podSelectors('Deployment'),
  spec('spec/selector/matchLabels', true, 'ReplicaSet'),
  spec('spec/selector/matchLabels', true, 'DaemonSet'),
  spec('spec/selector/matchLabels', true, 'StatefulSet', 'apps'),
  ...podSelectors('StatefulSet'),
  spec('spec/selector/matchLabels', false, 'Job', 'batch'),
  spec('spec/jobTemplate/spec/selector/matchLabels', false, 'CronJob', 'batch'),
  spec('spec/selector/matchLabels', false, 'PodDisruptionBudget', 'policy'),
  spec('spec/podSelector/matchLabels', false, 'NetworkPolicy', 'networking.k8s.io'),
  spec('spec/ingress/from/podSelector/matchLabels', false, 'NetworkPolicy', 'networking.k8s.io'),
  spec('spec/egress/to/podSelector/matchLabels', false, 'NetworkPolicy', 'networking.k8s.io'),
  ...TEMPLATE_LABELS,
];

export const METADATA_LABELS: FieldSpec = spec('metadata/labels', true);

export const COMMON_ANNOTATIONS: readonly FieldSpec[] = metadata('annotations');

export const NAMESPACE: readonly FieldSpec[] = [
  spec('metadata/name', true, 'Namespace'),
  spec('spec/service/namespace', true, 'APIService', 'apiregistration.k8s.io'),
  spec(
    'spec/conversion/webhook/clientConfig/service/namespace',
    false,
    'CustomResourceDefinition',
    'apiextensions.k8s.io',
  ),
];

export const NAME: readonly FieldSpec[] = [spec('metadata/name', false)];

export const IMAGES: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap(pod => [
  spec(`${pod}/containers[]/image`, true),
  spec(`${pod}/initContainers[]/image`, true),
  spec(`${pod}/volumes[]/image/reference`, true),
]);

export const REPLICAS: readonly FieldSpec[] = [
  spec('spec/replicas', true, 'Deployment'),
  spec('spec/replicas', true, 'ReplicationController'),
  spec('spec/replicas', true, 'ReplicaSet'),
  spec('spec/replicas', true, 'StatefulSet'),
];
