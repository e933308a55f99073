import { describe, expect, it } from 'vitest';
import { object } from '../support/objects.ts';
import { judge, pod, workload } from './web.ts';

describe('a StatefulSet', () => {
  const labels = '{controller-revision-hash: new}';
  const pods = [pod('', { owner: 'w', labels }), pod('', { owner: 'w', labels })];
  it.each([
    [
      'current',
      'replicas: 2',
      'updateRevision: new, currentRevision: new, readyReplicas: 2, updatedReplicas: 2',
      'landed',
      'all 2 pods run it',
    ],
    [
      'rolling',
      'replicas: 2',
      'updateRevision: new, currentRevision: old, readyReplicas: 2, updatedReplicas: 1',
      'rolling',
      '1 of 2 pods run it',
    ],
    [
      'a pod is not ready',
      'replicas: 2',
      'updateRevision: new, currentRevision: old, readyReplicas: 1, updatedReplicas: 1',
      'rolling',
      '1 of 2 pods are ready',
    ],
    [
      'a partition keeps all',
      'replicas: 2, updateStrategy: {rollingUpdate: {partition: 2}}',
      'updateRevision: new, currentRevision: old, readyReplicas: 2',
      'rolling',
      'partition 2 keeps all 2 pods on the old template',
    ],
    [
      'a partition keeps one',
      'replicas: 2, updateStrategy: {rollingUpdate: {partition: 1}}',
      'updateRevision: new, currentRevision: old, readyReplicas: 2, updatedReplicas: 1',
      'landed',
      '1 of 2 pods run it, as partition 1 says',
    ],
    [
      'nothing rolls by itself',
      'replicas: 2, updateStrategy: {type: OnDelete}',
      'updateRevision: new, currentRevision: old, readyReplicas: 2, updatedReplicas: 0',
      'rolling',
      '2 of 2 pods run the old template until somebody deletes them',
    ],
  ])('%s', (_, spec, status, state, reason) => {
    const live = workload('StatefulSet', spec, status);
    expect(judge(live, { expected: live, objects: [live], pods })).toMatchObject({
      state,
      reason: expect.stringContaining(reason),
    });
  });
});

describe('a DaemonSet', () => {
  it.each([
    [
      'complete',
      'desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2',
      'landed',
      'all 2 pods run it',
    ],
    [
      'rolling',
      'desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2',
      'rolling',
      '1 of 2 pods run it',
    ],
    ['without a node', 'desiredNumberScheduled: 0', 'unknown', 'no node is meant to run it'],
  ])('%s', (_, status, state, reason) => {
    const live = workload('DaemonSet', 'minReadySeconds: 0', status);
    const pods = [pod('', { owner: 'w' }), pod('', { owner: 'w' })];
    expect(judge(live, { expected: live, objects: [live], pods })).toMatchObject({
      state,
      reason: expect.stringContaining(reason),
    });
  });
});

describe('a Rollout', () => {
  it.each([
    ['complete', 'phase: Healthy, currentPodHash: new, stableRS: new', 'landed', 'all 2 pods run it'],
    [
      'paused',
      'phase: Paused, currentPodHash: new, stableRS: old, currentStepIndex: 1, pauseConditions: [{reason: CanaryPauseStep}]',
      'rolling',
      'paused at step 2',
    ],
    ['aborted', 'phase: Degraded, abort: true, message: metric failed', 'failed', 'aborted: metric failed'],
    [
      'rolling',
      'phase: Progressing, currentPodHash: new, stableRS: old, updatedReplicas: 1',
      'rolling',
      '1 of 2 pods run it',
    ],
  ])('%s', (_, status, state, reason) => {
    const live = workload('Rollout', 'replicas: 2', `observedGeneration: "2", ${status}`);
    expect(judge(live, { expected: live, objects: [live] })).toMatchObject({
      state,
      reason: expect.stringContaining(reason),
    });
  });
});

it('has no pod to show for a CronJob', () => {
  const cron = (image: string) =>
    object(`{apiVersion: batch/v1, kind: CronJob, metadata: {name: web, namespace: shop}, spec: {schedule: "0 3 * * *",
      jobTemplate: {spec: {template: {spec: {containers: [{name: web, image: "shop/web:${image}"}]}}}}}}`);
  expect(judge(cron('2'), { expected: cron('2') })).toMatchObject({
    state: 'landed',
    reason: 'the next run has it (0 3 * * *); it has not run yet',
  });
  expect(judge(cron('1'), { expected: cron('2') }).state).toBe('rolling');
});
