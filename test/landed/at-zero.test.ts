import { describe, expect, it } from 'vitest';
import { object, objects } from '../support/objects.ts';
import { judge, workload } from './web.ts';

describe('a workload without pods', () => {
  it('cannot tell where KEDA keeps it at zero, and has landed where the commit does', () => {
    const scaled = objects(
      `{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: web, namespace: shop}, spec: {scaleTargetRef: {name: web}}}`,
    );
    const live = workload('Deployment', 'replicas: 0');
    const expected = workload('Deployment', 'paused: false');
    expect(judge(live, { expected, objects: [expected, ...scaled], pods: [] })).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('ScaledObject has it at 0'),
    });
    const zero = workload('Deployment', 'replicas: 0');
    expect(judge(live, { expected: zero, objects: [zero], pods: [] }).state).toBe('landed');
  });

  it.each([
    ['says it too', 'replicas: 0', 'landed', 'it is scaled to 0, as the commit says'],
    ['says nothing of it', 'paused: false', 'unknown', 'where a HorizontalPodAutoscaler does not act'],
  ])('is left at zero by a HorizontalPodAutoscaler, where the commit %s', (_, spec, state, reason) => {
    const scaler = object(
      `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: shop}, spec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}`,
    );
    const expected = workload('Deployment', spec);
    const found = judge(workload('Deployment', 'replicas: 0'), { expected, objects: [expected, scaler], pods: [] });
    expect(found).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });
});
