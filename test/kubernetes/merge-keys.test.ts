import { describe, expect, it } from 'vitest';
import { mergeKeys, shapeOf } from '../../src/kubernetes/merge-keys.ts';
import type { Path } from '../../src/yaml/node.ts';

const POD = ['spec', 'template', 'spec'];

describe('mergeKeys', () => {
  it.each<[apiVersion: string, kind: string, path: Path, keys: readonly string[] | undefined]>([
    ['apps/v1', 'Deployment', [...POD, 'containers'], ['name']],
    ['apps/v1', 'Deployment', [...POD, 'containers', 0, 'ports'], ['containerPort', 'protocol']],
    ['apps/v1', 'Deployment', [...POD, 'containers', 0, 'env'], ['name']],
    ['apps/v1', 'Deployment', [...POD, 'containers', 0, 'volumeMounts'], ['mountPath']],
    ['apps/v1', 'Deployment', [...POD, 'containers', 0, 'args'], undefined],
    ['apps/v1', 'Deployment', [...POD, 'containers', 0, 'envFrom'], undefined],
    ['apps/v1', 'Deployment', [...POD, 'tolerations'], undefined],
    ['apps/v1', 'Deployment', ['metadata', 'finalizers'], []],
    ['apps/v1', 'StatefulSet', ['spec', 'volumeClaimTemplates'], undefined],
    ['batch/v1', 'CronJob', ['spec', 'jobTemplate', ...POD, 'initContainers'], ['name']],
    ['v1', 'Service', ['spec', 'ports'], ['port', 'protocol']],
    ['v1', 'ServiceAccount', ['secrets'], ['name']],
    ['v1', 'ServiceAccount', ['imagePullSecrets'], undefined],
    ['networking.k8s.io/v1', 'Ingress', ['spec', 'rules'], undefined],
    ['example.com/v1', 'Deployment', [...POD, 'containers'], undefined],
  ])('%s %s %j', (apiVersion, kind, path, keys) => {
    expect(mergeKeys(apiVersion, kind, path)).toEqual(keys);
  });

  it('a kind without a schema has no shape', () => {
    expect(shapeOf('keda.sh/v1alpha1', 'ScaledObject')).toBeUndefined();
    expect(shapeOf('apps/v1beta1', 'Deployment')).toBeUndefined();
  });
});
