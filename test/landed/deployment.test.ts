import { describe, expect, it } from 'vitest';
import { COMPLETE, EXPECTED, HALF, judge, pod, workload } from './web.ts';

describe('a Deployment', () => {
  it.each([
    ['complete', 'replicas: 2', COMPLETE, 'landed', 'all 2 pods run it, the youngest 10 min old'],
    [
      'its status is of an older generation',
      'replicas: 2',
      `observedGeneration: 1, ${COMPLETE}`,
      'rolling',
      'not seen the newest',
    ],
    ['too few new pods', 'replicas: 2', HALF, 'rolling', '1 of 2 pods run it'],
    [
      'old pods are left',
      'replicas: 2',
      'replicas: 3, updatedReplicas: 2, availableReplicas: 3',
      'rolling',
      '1 old pod is still there',
    ],
    [
      'new pods are not available',
      'replicas: 2',
      'replicas: 2, updatedReplicas: 2, availableReplicas: 1',
      'rolling',
      '1 of 2 new pods are available',
    ],
    ['paused', 'replicas: 2, paused: true', HALF, 'rolling', 'paused: waits for a person'],
    [
      'over its deadline',
      'replicas: 2',
      `${HALF}, conditions: [{type: Progressing, status: "False", reason: ProgressDeadlineExceeded}]`,
      'failed',
      'no progress within its deadline',
    ],
    [
      'not allowed pods',
      'replicas: 2',
      `${HALF}, conditions: [{type: ReplicaFailure, status: "True", message: "exceeded quota: cpu"}]`,
      'stuck',
      'exceeded quota: cpu',
    ],
  ])('%s', (_, spec, status, state, reason) => {
    expect(judge(workload('Deployment', spec, status))).toMatchObject({
      state,
      reason: expect.stringContaining(reason),
    });
  });

  it('does not take the controller at its word where no pod is seen', () => {
    expect(judge(workload('Deployment', 'replicas: 2', COMPLETE), { pods: [] })).toMatchObject({
      state: 'unknown',
      reason: 'the controller says that it is done, and no pod of it is seen',
    });
    expect(judge(workload('Deployment', 'replicas: 2', COMPLETE), { pods: [pod('', { ready: 'False' })] }).state).toBe(
      'rolling',
    );
  });

  it('is awaited where the commit brings it, and missed where it was there before', () => {
    expect(judge(undefined, { isNew: true })).toMatchObject({ state: 'rolling', reason: 'it is not there yet' });
    expect(judge(undefined).state).toBe('unknown');
  });

  it('names the image of each side while the template is the old one', () => {
    expect(judge(workload('Deployment', 'replicas: 2', COMPLETE, 'shop/web:1'))).toMatchObject({
      state: 'rolling',
      reason: 'web is 1 in the cluster, the commit says 2',
    });
  });

  it('waits for a field of the template, and tells no value', () => {
    const live = workload('Deployment', 'replicas: 2', COMPLETE);
    const field = { path: 'spec.template.spec.containers[web].env[PASSWORD].value', has: 'old' } as const;
    expect(judge(live, { missing: [field] })).toMatchObject({
      state: 'rolling',
      reason: `${field.path} is as it was before the commit`,
    });
    expect(judge(live, { missing: [{ ...field, has: 'other' }] }).state).toBe('unknown');
  });

  it('is overtaken by a commit that has another image or does away with it', () => {
    const live = workload('Deployment', 'replicas: 2', COMPLETE);
    const newer = {
      commit: '9f8e7d6c',
      object: workload('Deployment', 'replicas: 2', '', 'shop/web:3'),
      isAnother: false,
    };
    expect(judge(live, { newer })).toMatchObject({ state: 'overtaken', reason: '9f8e7d6c has web at 3 instead of 2' });
    expect(judge(live, { newer: { ...newer, object: undefined, isAnother: true } })).toMatchObject({
      state: 'overtaken',
      reason: '9f8e7d6c removes it',
    });
    expect(judge(live, { newer: { ...newer, object: EXPECTED } }).state).toBe('landed');
  });
});
