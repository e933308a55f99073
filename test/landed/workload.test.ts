import { describe, expect, it } from 'vitest';
import { judgeWorkload, type WorkloadQuestion } from '../../src/landed/workload.ts';
import { object, objects } from '../support/objects.ts';

const NOW = Date.parse('2026-03-16T09:10:00Z');
const TEMPLATE = (image: string) =>
  `template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "${image}"}]}}`;

const workload = (kind: string, spec: string, status = '', image = 'shop/web:2') =>
  object(
    `{apiVersion: ${kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'}, kind: ${kind}, ` +
      `metadata: {name: web, namespace: shop, uid: w, generation: 2}, spec: {${spec}, ${TEMPLATE(image)}}, ` +
      `status: {${status.includes('observedGeneration') ? status : `observedGeneration: 2, ${status}`}}}`,
  );

const SET = object(`{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-2, namespace: shop, uid: s,
  labels: {rollouts-pod-template-hash: new}, annotations: {deployment.kubernetes.io/revision: "2"}, ownerReferences: [{uid: w}]}}`);
const OLD_SET = object(`{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, namespace: shop, uid: o,
  annotations: {deployment.kubernetes.io/revision: "1"}, ownerReferences: [{uid: w}]}}`);

const pod = (more = '', { owner = 's', at = '2026-03-16T09:00:00Z', ready = 'True', labels = '{}' } = {}) =>
  object(`{apiVersion: v1, kind: Pod, metadata: {name: web-x, namespace: shop, uid: p, labels: ${labels}, creationTimestamp: "${at}",
    ownerReferences: [{uid: ${owner}}]}, spec: {containers: [{name: web, image: "shop/web:2"}]},
    status: {phase: Running, conditions: [{type: Ready, status: "${ready}"}${more.startsWith('{type') ? `, ${more}` : ''}]${more.startsWith('{type') ? '' : more}}}`);

const waiting = (reason: string, message = '', more = '') =>
  pod(
    `, containerStatuses: [{name: web, image: "shop/web:2", state: {waiting: {reason: ${reason}, message: "${message}"}}${more}}]`,
    { ready: 'False' },
  );

const EXPECTED = workload('Deployment', 'replicas: 2');

function judge(live: WorkloadQuestion['live'], more: Partial<WorkloadQuestion> = {}) {
  return judgeWorkload({
    expected: EXPECTED,
    objects: [EXPECTED],
    live,
    isNew: false,
    missing: [],
    replicaSets: [OLD_SET, SET],
    pods: [pod(), pod()],
    events: [],
    newer: undefined,
    now: NOW,
    ...more,
  });
}

const COMPLETE = 'replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2';
const HALF = 'replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2';

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
      '1 old pods are still there',
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

  it.each([
    [
      'ImagePullBackOff',
      waiting('ImagePullBackOff', 'Back-off pulling image'),
      'ImagePullBackOff: web cannot pull shop/web:2',
    ],
    ['ErrImagePull', waiting('ErrImagePull', 'manifest unknown'), 'cannot pull shop/web:2: manifest unknown'],
    ['InvalidImageName', waiting('InvalidImageName'), 'InvalidImageName'],
    ['CreateContainerConfigError', waiting('CreateContainerConfigError', 'secret db not found'), 'secret db not found'],
    [
      'CrashLoopBackOff',
      waiting('CrashLoopBackOff', '', ', restartCount: 4, lastState: {terminated: {reason: OOMKilled, exitCode: 137}}'),
      'web has ended 4 times, last with OOMKilled 137',
    ],
    [
      'no node',
      pod('{type: PodScheduled, status: "False", reason: Unschedulable, message: Insufficient cpu}', {
        ready: 'False',
      }),
      'no node takes web-x: Insufficient cpu',
    ],
  ])('is stuck on %s', (_, broken, reason) => {
    const live = workload('Deployment', 'replicas: 2', HALF);
    expect(judge(live, { pods: [broken] })).toMatchObject({ state: 'stuck', reason: expect.stringContaining(reason) });
  });

  it('gives a pod without a node the time in which a node may come', () => {
    const fresh = pod('{type: PodScheduled, status: "False", reason: Unschedulable, message: Insufficient cpu}', {
      ready: 'False',
      at: '2026-03-16T09:09:00Z',
    });
    expect(judge(workload('Deployment', 'replicas: 2', HALF), { pods: [fresh] }).state).toBe('rolling');
  });

  it('says of a missed deadline what the pods say', () => {
    const live = workload(
      'Deployment',
      'replicas: 2',
      `${HALF}, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]`,
    );
    const found = judge(live, { pods: [waiting('ErrImagePull', 'not found')] });
    expect(found).toMatchObject({ state: 'failed', reason: expect.stringContaining('cannot pull') });
  });

  it('looks at the pods of the newest template alone', () => {
    const live = workload('Deployment', 'replicas: 2', COMPLETE);
    const pods = [
      pod(),
      pod(),
      pod(', containerStatuses: [{name: web, state: {waiting: {reason: CrashLoopBackOff}}}]', { owner: 'o' }),
    ];
    expect(judge(live, { pods }).state).toBe('landed');
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

  it.each([
    ['docker.io/shop/web:2', 'landed'],
    [`shop/web:2@sha256:${'a'.repeat(64)}`, 'rolling'],
    ['ghcr.io/shop/web:2', 'rolling'],
  ])('compares references, not texts: %s', (image, state) => {
    expect(judge(workload('Deployment', 'replicas: 2', COMPLETE, image)).state).toBe(state);
  });

  it.each([
    ['shop/web:1', 'unknown', 'something rewrites its pods: web runs 1, the commit says 2'],
    ['mirror.example/shop/web:2', 'landed', 'all 2 pods run it'],
    [`shop/web:2@sha256:${'a'.repeat(64)}`, 'landed', 'all 2 pods run it'],
    [`shop/web@sha256:${'a'.repeat(64)}`, 'landed', 'all 2 pods run it'],
  ])('looks at what the pods run themselves: %s', (image, state, reason) => {
    const rewritten = object(`{apiVersion: v1, kind: Pod, metadata: {name: web-x, ownerReferences: [{uid: s}]},
      spec: {containers: [{name: web, image: "${image}"}]}, status: {conditions: [{type: Ready, status: "True"}]}}`);
    const live = workload('Deployment', 'replicas: 2', COMPLETE);
    expect(judge(live, { pods: [pod(), rewritten] })).toMatchObject({ state, reason: expect.stringContaining(reason) });
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

  it('tells restarts, and a tag that names two builds', () => {
    const running = (digest: string) =>
      pod(`, containerStatuses: [{name: web, imageID: "shop/web@sha256:${digest.repeat(64)}", restartCount: 1}]`);
    const { reason } = judge(workload('Deployment', 'replicas: 2', COMPLETE), { pods: [running('a'), running('b')] });
    expect(reason).toContain('2 restarts, web runs more than one build of the same tag');
  });

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

  it('sees a new pod that waits for the volume of the old one', () => {
    const [expected, claim] = objects(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 1
  template:
    spec:
      containers: [{ name: web, image: "shop/web:2", volumeMounts: [{ name: data, mountPath: /data }] }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce] }
`);
    if (expected === undefined || claim === undefined) throw new Error('two objects');
    const event = object(
      `{apiVersion: v1, kind: Event, metadata: {name: e}, type: Warning, involvedObject: {uid: p}, reason: FailedAttachVolume, message: "Multi-Attach error"}`,
    );
    const found = judge(
      workload('Deployment', 'replicas: 1', 'replicas: 2, updatedReplicas: 1, availableReplicas: 1'),
      {
        expected,
        objects: [expected, claim],
        pods: [pod('', { ready: 'False', at: '2026-03-16T09:09:30Z' })],
        events: [event],
      },
    );
    expect(found).toMatchObject({
      state: 'stuck',
      reason: expect.stringContaining('volume data, which the old pod keeps'),
    });
  });
});

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
