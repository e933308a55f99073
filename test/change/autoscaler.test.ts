import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const scaledObject = (spec: string, metadata = '') => `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web${metadata} }
spec: { scaleTargetRef: { name: web }, ${spec} }
`;

const autoscaler = (spec: string) => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { kind: Deployment, name: web }, ${spec} }
`;

const cpu = (value: number) =>
  `maxReplicas: 9, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: ${value} } } }]`;
const trigger = (type: string, metadata: string) => `triggers: [{ type: ${type}, metadata: { ${metadata} } }]`;

describe('an autoscaler', () => {
  it.each([
    [
      'the threshold of a HorizontalPodAutoscaler',
      autoscaler(cpu(70)),
      autoscaler(cpu(80)),
      'autoscaler threshold cpu averageUtilization: 70 -> 80',
    ],
    [
      'the threshold of a ScaledObject',
      scaledObject(trigger('prometheus', 'threshold: "5"')),
      scaledObject(trigger('prometheus', 'threshold: "8"')),
      'autoscaler threshold prometheus threshold: 5 -> 8',
    ],
    [
      'the largest number of pods',
      scaledObject('maxReplicaCount: 12'),
      scaledObject('maxReplicaCount: 20'),
      'autoscaler limits maxReplicaCount: 12 -> 20',
    ],
    [
      'the smallest number of pods, which is none in KEDA where it is not given',
      scaledObject('minReplicaCount: 2, maxReplicaCount: 4'),
      scaledObject('maxReplicaCount: 4'),
      'autoscaler limits minReplicaCount: 2 -> 0',
    ],
    [
      'the smallest number of pods, which is one in a HorizontalPodAutoscaler',
      autoscaler('minReplicas: 2, maxReplicas: 4'),
      autoscaler('maxReplicas: 4'),
      'autoscaler limits minReplicas: 2 -> 1',
    ],
    [
      'a default that is written down',
      scaledObject('maxReplicaCount: 4'),
      scaledObject('maxReplicaCount: 4, minReplicaCount: 0'),
      'object modified ScaledObject web: minReplicaCount: - -> 0',
    ],
    [
      'how soon it scales down',
      scaledObject('cooldownPeriod: 300'),
      scaledObject('cooldownPeriod: 60'),
      'autoscaler threshold cooldownPeriod: 300 -> 60',
    ],
    [
      'the clock of a cron trigger',
      scaledObject(trigger('cron', 'start: "5 4 * * *", desiredReplicas: "1"')),
      scaledObject(trigger('cron', 'start: "0 19 * * *", desiredReplicas: "1"')),
      'autoscaler other triggers[0].metadata.start: 5 4 * * * -> 0 19 * * *',
    ],
    [
      'the number of pods that a cron trigger wants',
      scaledObject(trigger('cron', 'desiredReplicas: "1"')),
      scaledObject(trigger('cron', 'desiredReplicas: "0"')),
      'autoscaler other triggers[0].metadata.desiredReplicas: 1 -> 0',
    ],
    [
      'another kind of trigger',
      scaledObject(trigger('cpu', 'a: b')),
      scaledObject(trigger('memory', 'a: b')),
      'autoscaler other triggers[0].type: cpu -> memory',
    ],
    [
      'a pause',
      scaledObject('maxReplicaCount: 4', ', annotations: {}'),
      scaledObject('maxReplicaCount: 4', ', annotations: { autoscaling.keda.sh/paused-replicas: "0" }'),
      'autoscaler other autoscaling.keda.sh/paused-replicas: - -> 0',
    ],
    [
      'the first annotation is a pause',
      scaledObject('maxReplicaCount: 4'),
      scaledObject('maxReplicaCount: 4', ', annotations: { autoscaling.keda.sh/paused: "true" }'),
      'autoscaler other autoscaling.keda.sh/paused',
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(before, after)).toEqual([expected]);
  });

  it('comes and goes', () => {
    const scaled = scaledObject('maxReplicaCount: 4');
    expect(facts('', scaled)).toEqual(['autoscaler added ScaledObject web']);
    expect(facts(scaled, '')).toEqual(['autoscaler removed ScaledObject web']);
  });
});
