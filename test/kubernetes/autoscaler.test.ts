import { describe, expect, it } from 'vitest';
import { autoscaler, replicaRange } from '../../src/kubernetes/autoscaler.ts';
import { scalar } from '../../src/yaml/node.ts';
import { object, objects } from '../support/objects.ts';

function scaledObject(spec: string) {
  return object(`{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: web }, spec: { ${spec} } }`);
}

function hpa(version: string, spec: string) {
  return object(`
    apiVersion: autoscaling/${version}
    kind: HorizontalPodAutoscaler
    metadata: { name: web }
    spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, ${spec} }`);
}

describe('autoscaler', () => {
  it.each([
    ['KEDA defaults', scaledObject('scaleTargetRef: { name: web }'), 0, 100],
    ['KEDA limits', scaledObject('minReplicaCount: 2, maxReplicaCount: 5'), 2, 5],
    ['KEDA at rest', scaledObject('idleReplicaCount: 0, minReplicaCount: 2, maxReplicaCount: 5'), 0, 5],
    ['HPA default', hpa('v2', 'maxReplicas: 4'), 1, 4],
    ['HPA limits', hpa('v2', 'minReplicas: 2, maxReplicas: 4'), 2, 4],
  ])('%s', (_, object, min, max) => {
    expect(autoscaler(object)).toMatchObject({ min, max });
  });

  it('aims at a Deployment where KEDA is told no kind', () => {
    const { target } = autoscaler(scaledObject('scaleTargetRef: { name: web }')) ?? {};
    expect(target).toMatchObject({ group: 'apps', kind: 'Deployment', name: 'web' });
  });

  it('has no target for a ScaledJob', () => {
    const job = object('{ apiVersion: keda.sh/v1alpha1, kind: ScaledJob, metadata: { name: web }, spec: {} }');
    expect(autoscaler(job)).toMatchObject({ target: undefined, min: 0, max: 100 });
  });

  it('is nothing for any other object', () => {
    expect(autoscaler(object('{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web } }'))).toBeUndefined();
  });

  it.each([
    [
      scaledObject(`triggers: [
        { type: prometheus, metadata: { query: q, threshold: '5', activationThreshold: '1', serverAddress: a } },
        { type: rabbitmq, name: orders, metadata: { queueName: q, value: '20' } },
        { type: redis, metadata: { listLength: '10', databaseIndex: '0' } },
        { type: cron, metadata: { start: s, end: e, desiredReplicas: '3' } },
        { type: cpu, metricType: Utilization, metadata: { value: '60' } } ]`),
      {
        'prometheus threshold': '5',
        'prometheus activationThreshold': '1',
        'orders value': '20',
        'redis listLength': '10',
        'cron desiredReplicas': '3',
        'cpu value': '60',
      },
    ],
    [
      hpa(
        'v2',
        `metrics: [
        { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } },
        { type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 1k } } },
        { type: ContainerResource, containerResource: { name: memory, container: web, target: { type: AverageValue, averageValue: 1Gi } } } ]`,
      ),
      { 'cpu averageUtilization': '70', 'rps averageValue': '1k', 'memory averageValue': '1Gi' },
    ],
    [
      hpa('v2beta1', 'metrics: [{ type: Resource, resource: { name: cpu, targetAverageUtilization: 70 } }]'),
      { 'cpu targetAverageUtilization': '70' },
    ],
    [hpa('v1', 'targetCPUUtilizationPercentage: 80'), { 'cpu averageUtilization': '80' }],
  ])('lists thresholds and where they stand', (object, expected) => {
    const thresholds = autoscaler(object)?.thresholds ?? [];
    expect(Object.fromEntries(thresholds.map(({ subject, value }) => [subject, value]))).toEqual(expected);
    for (const { path, value } of thresholds) expect(String(scalar(object.root, ...path))).toBe(value);
  });
});

describe('replicaRange', () => {
  const [web, api, scaler, rollout] = objects(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { replicas: 3 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: any, namespace: shop }
spec: { scaleTargetRef: { name: web }, minReplicaCount: 3, maxReplicaCount: 12 }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec: { replicas: 2 }
`);
  if (web === undefined || api === undefined || scaler === undefined || rollout === undefined) throw new Error('setup');

  it.each([
    ['the autoscaler wins', web, [web, scaler], { min: 3, max: 12, from: scaler }],
    ['replicas without one', web, [web], { min: 3, max: 3, from: undefined }],
    ['one by default', api, [api, scaler], { min: 1, max: 1, from: undefined }],
    ['another kind of the same name', rollout, [rollout, scaler], { min: 2, max: 2, from: undefined }],
  ])('%s', (_, workload, all, expected) => {
    expect(replicaRange(workload, all)).toEqual(expected);
  });
});
