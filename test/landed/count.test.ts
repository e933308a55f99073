import { describe, expect, it } from 'vitest';
import { judgeCount, scalerToAct } from '../../src/landed/count.ts';
import { object } from '../support/objects.ts';

const workload = (replicas: number) =>
  object(
    `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: ${replicas}}}`,
  );
const horizontal = (spec: string, status = '{}') =>
  object(`{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: shop},
    spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, ${spec}}, status: ${status}}`);
const keda = (spec: string, { annotations = '{}', status = '{}' } = {}) =>
  object(`{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: web, namespace: shop, annotations: ${annotations}},
    spec: {scaleTargetRef: {name: web}, ${spec}}, status: ${status}}`);

const HPA = horizontal('minReplicas: 2, maxReplicas: 5');
const SCALED = keda('minReplicaCount: 2, maxReplicaCount: 5');

function judge(replicas: number, scaler: typeof HPA, found: typeof HPA | undefined = scaler) {
  const live = workload(replicas);
  const due = scalerToAct(live, workload(1), [scaler]);
  return due === undefined ? 'within' : judgeCount(live, due, found);
}

describe('the number of pods, by the autoscaler of the commit', () => {
  it.each([
    ['the minimum', 2, HPA],
    ['the maximum', 5, HPA],
    ['the default minimum of a HorizontalPodAutoscaler', 1, horizontal('maxReplicas: 5')],
    ['the minimum of a ScaledObject', 2, SCALED],
    ['the default maximum of a ScaledObject', 100, keda('minReplicaCount: 2')],
    ['the number at rest', 0, keda('idleReplicaCount: 0, minReplicaCount: 2')],
    ['no pods, where that is the minimum', 0, keda('minReplicaCount: 0')],
  ])('is in the range at %s', (_, replicas, scaler) => {
    expect(judge(replicas, scaler)).toBe('within');
  });

  it.each([
    ['below', 1, HPA, 'it has 1 pod, and HorizontalPodAutoscaler web wants at least 2: it has not scaled it yet'],
    ['above', 7, HPA, 'it has 7 pods, and HorizontalPodAutoscaler web wants at most 5: it has not scaled it yet'],
    ['below', 1, SCALED, 'it has 1 pod, and ScaledObject web wants at least 2: it has not scaled it yet'],
    ['above', 6, SCALED, 'it has 6 pods, and ScaledObject web wants at most 5: it has not scaled it yet'],
    [
      'between rest and work',
      1,
      keda('idleReplicaCount: 0, minReplicaCount: 2'),
      'it has 1 pod, and ScaledObject web wants at least 2: it has not scaled it yet',
    ],
  ])('is on its way where it is %s', (_, replicas, scaler, reason) => {
    expect(judge(replicas, scaler)).toMatchObject({ state: 'rolling', reason });
    expect(judgeCount(workload(replicas), scalerOf(replicas, scaler), undefined)).toMatchObject({ state: 'rolling' });
  });

  it.each([
    [
      HPA,
      horizontal(
        'minReplicas: 2, maxReplicas: 5',
        '{conditions: [{type: AbleToScale, status: "False", reason: FailedGetScale, message: no scale subresource}]}',
      ),
      'but cannot scale it: no scale subresource',
    ],
    [
      SCALED,
      keda('minReplicaCount: 2', { status: '{conditions: [{type: Ready, status: "False", message: bad trigger}]}' }),
      'but cannot scale it: bad trigger',
    ],
  ])('goes no further where the autoscaler says that it cannot', (scaler, found, reason) => {
    expect(judge(1, scaler, found)).toMatchObject({ state: 'stuck', reason: expect.stringContaining(reason) });
  });

  it('is not judged where somebody has paused KEDA', () => {
    const paused = keda('minReplicaCount: 2', { annotations: '{autoscaling.keda.sh/paused-replicas: "1"}' });
    expect(judge(1, SCALED, paused)).toBeUndefined();
  });
});

function scalerOf(replicas: number, scaler: typeof HPA) {
  const due = scalerToAct(workload(replicas), workload(1), [scaler]);
  if (due === undefined) throw new Error('it is in the range');
  return due;
}
