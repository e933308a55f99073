import { describe, expect, it } from 'vitest';
import { object, objects } from '../support/objects.ts';
import { COMPLETE, HALF, judge, NOW, pod, waiting, workload } from './web.ts';

describe('the pods of the newest template', () => {
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

  const running = (digest: string, more = '') =>
    pod(`, containerStatuses: [{name: web, imageID: "shop/web@sha256:${digest.repeat(64)}", restartCount: 3${more}}]`);
  const ended = (at: string) => `, lastState: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: "${at}"}}`;

  it.each([
    ['of pods that the roll made', '2026-03-16T08:59:00Z', '', ', 6 restarts since the roll'],
    ['of pods from before it', '2026-03-16T09:01:00Z', ended('2026-03-16T09:02:00Z'), ', 2 restarts since the roll'],
    ['of pods that ended before it', '2026-03-16T09:01:00Z', ended('2026-03-16T09:00:30Z'), '10 min old'],
  ])('tells the restarts since the roll, %s', (_, since, more, reason) => {
    const pods = [running('a', more), running('a', more)];
    const found = judge(workload('Deployment', 'replicas: 2', COMPLETE), { pods, since: Date.parse(since) });
    expect(found.reason.endsWith(reason)).toBe(true);
  });

  it('waits where a container has ended a moment ago, since it may end again', () => {
    const live = workload('Deployment', 'replicas: 2', COMPLETE);
    const pods = [pod(), running('a', ended('2026-03-16T09:09:20Z'))];
    expect(judge(live, { pods })).toMatchObject({
      state: 'rolling',
      reason: 'web ended 40 s ago with OOMKilled 137, and has yet to run for 2 min',
    });
    expect(judge(live, { pods, now: NOW + 90_000 }).state).toBe('landed');
  });

  it('tells a tag that names two builds', () => {
    const { reason } = judge(workload('Deployment', 'replicas: 2', COMPLETE), { pods: [running('a'), running('b')] });
    expect(reason).toContain('web runs more than one build of the same tag');
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
