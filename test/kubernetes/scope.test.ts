import { describe, expect, it } from 'vitest';
import { isNamespaced, sameNamespace } from '../../src/kubernetes/scope.ts';
import { object } from '../support/objects.ts';

describe('isNamespaced', () => {
  it.each([
    ['', 'Namespace', false],
    ['', 'Node', false],
    ['', 'PersistentVolume', false],
    ['', 'PersistentVolumeClaim', true],
    ['', 'ConfigMap', true],
    ['apps', 'Deployment', true],
    ['rbac.authorization.k8s.io', 'ClusterRole', false],
    ['rbac.authorization.k8s.io', 'Role', true],
    ['networking.k8s.io', 'IngressClass', false],
    ['networking.k8s.io', 'Ingress', true],
    ['cert-manager.io', 'ClusterIssuer', false],
    ['cert-manager.io', 'Issuer', true],
    ['external-secrets.io', 'ClusterSecretStore', false],
    ['gateway.networking.k8s.io', 'GatewayClass', false],
    ['kyverno.io', 'ClusterPolicy', false],
    ['kyverno.io', 'Policy', true],
    ['nvidia.com', 'ClusterPolicy', false],
    ['argoproj.io', 'AppProject', true],
    ['argoproj.io', 'ClusterWorkflowTemplate', false],
    ['constraints.gatekeeper.sh', 'K8sRequiredLabels', false],
    ['config.openshift.io', 'OAuth', false],
    ['snapshot.storage.k8s.io', 'VolumeSnapshot', true],
    ['example.com', 'Anything', true],
  ])('%s %s: %s', (group, kind, namespaced) => {
    expect(isNamespaced(group, kind)).toBe(namespaced);
  });
});

it.each([
  ['shop', 'shop', true],
  ['shop', 'other', false],
  ['shop', '', true],
  ['', '', true],
])('sameNamespace of %j and %j: %s', (a, b, expected) => {
  const inNamespace = (namespace: string) =>
    object(`{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, namespace: "${namespace}" } }`);
  expect(sameNamespace(inNamespace(a), inNamespace(b))).toBe(expected);
});
