import { describe, expect, it } from 'vitest';
import { type RollTime, rollTime } from '../../src/kubernetes/roll-time.ts';
import { rollout } from '../../src/kubernetes/rollout.ts';
import { object } from '../support/objects.ts';

function timeOf(kind: string, spec: string, pods: number, pod = ''): RollTime | undefined {
  const workload = object(
    `{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: web }, spec: { ${spec} template: { spec: { ${pod || 'containers: [{ name: a, image: a }]'} } } } }`,
  );
  const strategy = rollout(workload);
  return strategy && rollTime(workload, strategy, pods);
}

const SAFE = 'strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },';

// kubernetes pkg/controller/deployment: surge rounds up, unavailable down; both at 25 % where nothing is set. The
// deadline of 600 s counts from the last progress.
describe('the time that the numbers of a manifest give to a roll', () => {
  it.each<[kind: string, spec: string, pods: number, steps: number, stalled: number | undefined, within?: number]>([
    ['Deployment', SAFE, 3, 3, 600, 1800],
    ['Deployment', '', 1, 1, 600, 600],
    ['Deployment', '', 4, 2, 600, 2400],
    ['Deployment', '', 10, 2, 600, 6000],
    ['Deployment', 'strategy: { rollingUpdate: { maxSurge: 100%, maxUnavailable: 0 } },', 8, 1, 600, 4800],
    ['Deployment', `${SAFE} progressDeadlineSeconds: 60,`, 2, 2, 60, 120],
    ['Deployment', `${SAFE} progressDeadlineSeconds: 60, minReadySeconds: 20,`, 2, 2, 60, 160],
    ['Deployment', 'strategy: { type: Recreate },', 3, 1, 600, 1830],
    ['StatefulSet', '', 3, 3, undefined],
    ['StatefulSet', 'updateStrategy: { rollingUpdate: { partition: 2 } },', 3, 1, undefined],
    ['StatefulSet', 'updateStrategy: { rollingUpdate: { maxUnavailable: 50% } },', 5, 2, undefined],
  ])('%s { %s } of %i pods', (kind, spec, pods, steps, stalledAfter, within) => {
    expect(timeOf(kind, spec, pods)).toMatchObject({ steps, stalledAfter, within });
  });

  it.each([
    ['Deployment', '', 0],
    ['StatefulSet', 'updateStrategy: { type: OnDelete },', 3],
    ['DaemonSet', '', 3],
  ])('says nothing of a %s { %s } of %i pods', (kind, spec, pods) => {
    expect(timeOf(kind, spec, pods)).toBeUndefined();
  });

  it.each([
    ['a probe waits before it asks', '', 'readinessProbe: { initialDelaySeconds: 5 }', 5],
    ['and asks again as often as it must', '', 'readinessProbe: { successThreshold: 3, periodSeconds: 4 }', 8],
    ['with a period of 10 s where none is set', '', 'readinessProbe: { successThreshold: 2 }', 10],
    ['a start-up probe may take longer', '', 'startupProbe: { initialDelaySeconds: 30 }, readinessProbe: {}', 30],
    ['minReadySeconds comes on top', 'minReadySeconds: 15,', 'readinessProbe: { initialDelaySeconds: 5 }', 20],
    ['nothing waits for a pod without probes', '', 'image: a', 0],
  ])('%s', (_, spec, container, seconds) => {
    const pod = `containers: [{ name: a, ${container} }, { name: b, image: b }]`;
    expect(timeOf('Deployment', `${SAFE} ${spec}`, 2, pod)?.atLeast).toBe(2 * seconds);
  });
});
