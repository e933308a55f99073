import type { FieldSpec } from './field-spec.ts';
import { splitPath } from './field-spec.ts';
import type { GroupVersionKind } from './resource.ts';

/** Fields that hold the name of an object of a kind, and follow it when it is renamed. */
export interface NameReference {
  readonly to: GroupVersionKind;
  readonly from: readonly FieldSpec[];
}

/** Where the pod's spec stands in the kinds that have one. */
const POD_SPEC: Readonly<Record<string, string>> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};

/** Kinds whose pods are followed to ConfigMaps and Secrets, and those for the rest: kustomize's two lists differ. */
const CONFIGURED = ['Pod', 'PodTemplate', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'];
const RUNNING = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet'];

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

function spec(path: string, kind: string, group?: string, version?: string): FieldSpec {
  return { path: splitPath(path), kind, group, version, create: false };
}

function inPods(kinds: readonly string[], ...paths: string[]): FieldSpec[] {
  return paths.flatMap(path =>
    kinds.map(kind => spec(`${POD_SPEC[kind]}/${path}`, kind, undefined, kind === 'Pod' ? 'v1' : undefined)),
  );
}

/**
 * kustomize's own references, from kubernetes-sigs/kustomize,
 * api/internal/konfig/builtinpluginconsts/namereference.go. Custom resources are in none of them.
 */
export const NAME_REFERENCES: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(kind => ({
    to: { kind },
    from: [spec('spec/scaleTargetRef/name', 'HorizontalPodAutoscaler')],
  })),
  {
    to: { kind: 'ConfigMap', version: 'v1' },
    from: [
      ...inPods(
        CONFIGURED,
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ),
      spec('spec/configSource/configMap', 'Node'),
      spec('rules/resourceNames', 'Role'),
      spec('rules/resourceNames', 'ClusterRole'),
      spec('metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', 'Ingress'),
    ],
  },
  {
    to: { kind: 'Secret', version: 'v1' },
    from: [
      ...inPods(
        CONFIGURED,
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ),
      spec('spec/tls/secretName', 'Ingress'),
      spec('metadata/annotations/ingress.kubernetes.io\\/auth-secret', 'Ingress'),
      spec('metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret', 'Ingress'),
      spec('metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', 'Ingress'),
      spec('imagePullSecrets/name', 'ServiceAccount'),
      spec('parameters/secretName', 'StorageClass'),
      spec('parameters/adminSecretName', 'StorageClass'),
      spec('parameters/userSecretName', 'StorageClass'),
      spec('parameters/secretRef', 'StorageClass'),
      spec('rules/resourceNames', 'Role'),
      spec('rules/resourceNames', 'ClusterRole'),
      spec('spec/template/spec/containers/env/valueFrom/secretKeyRef/name', 'Service', 'serving.knative.dev', 'v1'),
      spec('spec/azureFile/secretName', 'PersistentVolume'),
    ],
  },
  {
    to: { kind: 'Service', version: 'v1' },
    from: [
      spec('spec/serviceName', 'StatefulSet', 'apps'),
      spec('spec/rules/http/paths/backend/serviceName', 'Ingress'),
      spec('spec/backend/serviceName', 'Ingress'),
      spec('spec/rules/http/paths/backend/service/name', 'Ingress'),
      spec('spec/defaultBackend/service/name', 'Ingress'),
      spec('spec/service/name', 'APIService', 'apiregistration.k8s.io'),
      spec('webhooks/clientConfig/service', 'ValidatingWebhookConfiguration', ADMISSION),
      spec('webhooks/clientConfig/service', 'MutatingWebhookConfiguration', ADMISSION),
    ],
  },
  { to: { kind: 'Role', group: RBAC }, from: [spec('roleRef/name', 'RoleBinding', RBAC)] },
  {
    to: { kind: 'ClusterRole', group: RBAC },
    from: [spec('roleRef/name', 'RoleBinding', RBAC), spec('roleRef/name', 'ClusterRoleBinding', RBAC)],
  },
  {
    to: { kind: 'ServiceAccount', version: 'v1' },
    from: [
      spec('subjects', 'RoleBinding', RBAC),
      spec('subjects', 'ClusterRoleBinding', RBAC),
      ...inPods(RUNNING, 'serviceAccountName'),
    ],
  },
  {
    to: { kind: 'PersistentVolumeClaim', version: 'v1' },
    from: inPods(RUNNING, 'volumes/persistentVolumeClaim/claimName'),
  },
  {
    to: { kind: 'PersistentVolume', version: 'v1' },
    from: [spec('spec/volumeName', 'PersistentVolumeClaim'), spec('rules/resourceNames', 'ClusterRole')],
  },
  {
    to: { kind: 'StorageClass', group: 'storage.k8s.io', version: 'v1' },
    from: [
      spec('spec/storageClassName', 'PersistentVolume'),
      spec('spec/storageClassName', 'PersistentVolumeClaim'),
      spec('spec/volumeClaimTemplates/spec/storageClassName', 'StatefulSet'),
    ],
  },
  {
    to: { kind: 'PriorityClass', group: 'scheduling.k8s.io', version: 'v1' },
    from: inPods(RUNNING, 'priorityClassName'),
  },
  {
    // kustomize names the group with its version, so that this entry matches no object; kept as it is there.
    to: { kind: 'IngressClass', group: 'networking.k8s.io/v1', version: 'v1' },
    from: [spec('spec/ingressClassName', 'Ingress')],
  },
  {
    to: { kind: 'ValidatingAdmissionPolicy', group: ADMISSION },
    from: [spec('spec/policyName', 'ValidatingAdmissionPolicyBinding', ADMISSION)],
  },
];
