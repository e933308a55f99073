import { describe, expect, it } from 'vitest';
import { autoscaler } from '../../src/kubernetes/autoscaler.ts';
import { unmeasured } from '../../src/kubernetes/autoscaler-metrics.ts';
import { autoscalerProblems } from '../../src/kubernetes/autoscaler-problems.ts';
import { object, objects } from '../support/objects.ts';

const of = (apiVersion: string, kind: string, spec: string, name = 'web') =>
  object(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name} }, spec: ${spec} }`);
const CRON = '{ type: cron, metadata: { desiredReplicas: "2" } }';
const CPU = '{ type: cpu, metadata: { value: "80" } }';

describe('what the API server refuses of a HorizontalPodAutoscaler', () => {
  it.each([
    ['{ minReplicas: 2, maxReplicas: 6 }', undefined],
    ['{ minReplicas: 3, maxReplicas: 3 }', undefined],
    ['{ minReplicas: 4, maxReplicas: 3 }', 'maxReplicas 3 is less than minReplicas 4'],
    ['{ maxReplicas: 0 }', 'maxReplicas 0 is less than minReplicas 1'],
    [
      '{ minReplicas: 0, maxReplicas: 3, metrics: [{ type: Resource }] }',
      'minReplicas 0 needs a metric of type Object',
    ],
    ['{ minReplicas: 0, maxReplicas: 3, metrics: [{ type: External }] }', undefined],
  ])('%s', (spec, expected) => {
    const [found] = autoscalerProblems(of('autoscaling/v2', 'HorizontalPodAutoscaler', spec));
    expect(found?.message).toEqual(expected && expect.stringContaining(expected));
  });
});

describe('what KEDA refuses', () => {
  it.each([
    [`{ minReplicaCount: 2, maxReplicaCount: 2, triggers: [${CRON}] }`, undefined],
    [
      `{ minReplicaCount: 5, maxReplicaCount: 2, triggers: [${CRON}] }`,
      'minReplicaCount 5 is more than maxReplicaCount 2',
    ],
    [`{ minReplicaCount: 101, triggers: [${CRON}] }`, 'minReplicaCount 101 is more than maxReplicaCount 100'],
    [`{ minReplicaCount: 1, idleReplicaCount: 0, triggers: [${CRON}] }`, undefined],
    [
      `{ minReplicaCount: 1, idleReplicaCount: 1, triggers: [${CRON}] }`,
      'idleReplicaCount 1 is not less than minReplicaCount 1',
    ],
    [
      `{ idleReplicaCount: 0, triggers: [${CRON}] }`,
      'idleReplicaCount 0 is not less than minReplicaCount 0, its default',
    ],
    ['{ triggers: [] }', 'it has no triggers'],
    [`{ triggers: [${CPU}] }`, 'minReplicaCount 0 needs a trigger other than cpu'],
    [`{ triggers: [${CPU}, ${CRON}] }`, undefined],
    [
      '{ triggers: [{ type: cron, name: a, metadata: {} }, { type: cron, name: a, metadata: {} }] }',
      'two triggers are named a',
    ],
    [
      '{ triggers: [{ type: cron, useCachedMetrics: true, metadata: {} }] }',
      'useCachedMetrics is not there for a trigger of type cron',
    ],
    [
      '{ triggers: [{ type: cron, metadata: { desiredReplicas: 2 } }] }',
      'desiredReplicas of trigger cron is 2, which is no string',
    ],
  ])('%s', (spec, expected) => {
    const [found] = autoscalerProblems(of('keda.sh/v1alpha1', 'ScaledObject', spec));
    expect(found?.message).toEqual(expected && expect.stringContaining(expected));
  });

  it('a name that no label holds', () => {
    const [found] = autoscalerProblems(
      of('keda.sh/v1alpha1', 'ScaledObject', `{ triggers: [${CRON}] }`, 'a'.repeat(55)),
    );
    expect(found?.message).toContain('64 letters, of 63 at most');
  });
});

describe('a share of a request that nobody makes', () => {
  const scaled = (resources: string, others = '') => {
    const all = objects(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: site, image: a, resources: ${resources} }] } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 3
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } }]
${others}`);
    const scaler = all.flatMap(one => autoscaler(one) ?? [])[0];
    return scaler === undefined
      ? []
      : unmeasured(scaler, all).map(({ container, resource }) => `${container} ${resource}`);
  };
  const LIMITS = '---\napiVersion: v1\nkind: LimitRange\nmetadata: { name: defaults }\n';

  it.each([
    ['{}', '', ['site cpu']],
    ['{ requests: { memory: 1Gi } }', '', ['site cpu']],
    ['{ requests: { cpu: 0 } }', '', ['site cpu']],
    ['{ requests: { cpu: 100m } }', '', []],
    ['{ limits: { cpu: "1" } }', '', []],
    ['{}', LIMITS, []],
  ])('%s %s', (resources, others, expected) => {
    expect(scaled(resources, others)).toEqual(expected);
  });
});
