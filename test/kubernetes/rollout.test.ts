import { describe, expect, it } from 'vitest';
import { parseIntOrPercent } from '../../src/kubernetes/quantity.ts';
import { effectiveUnavailable, resolveFenceposts, rollout } from '../../src/kubernetes/rollout.ts';
import { object } from '../support/objects.ts';

describe('resolveFenceposts', () => {
  it.each([
    ['25%', '25%', 1, 1, 0],
    ['25%', '25%', 2, 1, 0],
    ['25%', '25%', 3, 1, 0],
    ['25%', '25%', 4, 1, 1],
    ['25%', '25%', 10, 3, 2],
    ['50%', 0, 1, 1, 0],
    ['50%', 0, 3, 2, 0],
    [0, '1%', 3, 0, 1],
    [0, 1, 3, 0, 1],
    ['200%', '100%', 2, 4, 2],
  ])('surge %s, unavailable %s at %i replicas', (surge, unavailable, replicas, expectedSurge, expectedUnavailable) => {
    const [maxSurge, maxUnavailable] = [parseIntOrPercent(surge), parseIntOrPercent(unavailable)];
    if (maxSurge === undefined || maxUnavailable === undefined) throw new Error('not an amount');
    expect(resolveFenceposts(maxSurge, maxUnavailable, replicas)).toEqual({
      surge: expectedSurge,
      unavailable: expectedUnavailable,
    });
  });
});

function workload(kind: string, spec: string) {
  return object(`{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: web }, spec: { ${spec} } }`);
}

function rolling(fields: string, rest = '') {
  return workload('Deployment', `strategy: { rollingUpdate: { ${fields} } }, ${rest}`);
}

describe('rollout', () => {
  it('fills in the defaults of a Deployment', () => {
    expect(rollout(workload('Deployment', ''))).toMatchObject({
      strategy: 'RollingUpdate',
      maxSurge: { unit: 'percent', value: 25 },
      maxUnavailable: { unit: 'percent', value: 25 },
      problems: [],
    });
  });

  it.each([
    ['StatefulSet', { strategy: 'RollingUpdate', maxSurge: { value: 0 }, maxUnavailable: { value: 1 }, partition: 0 }],
    ['DaemonSet', { strategy: 'RollingUpdate', maxSurge: { value: 0 }, maxUnavailable: { value: 1 } }],
  ])('fills in the defaults of a %s', (kind, expected) => {
    expect(rollout(workload(kind, ''))).toMatchObject({ ...expected, problems: [] });
  });

  it('reads partition and OnDelete', () => {
    const partitioned = workload('StatefulSet', 'updateStrategy: { rollingUpdate: { partition: 2 } }');
    expect(rollout(partitioned)?.partition).toBe(2);
    expect(rollout(workload('StatefulSet', 'updateStrategy: { type: OnDelete }'))?.strategy).toBe('OnDelete');
  });

  it('does not know the defaults of an Argo Rollout', () => {
    const unset = object('{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: web } }');
    expect(rollout(unset)?.strategy).toBe('unknown');
    const set = object(`
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: { name: web }
      spec: { strategy: { canary: { maxSurge: 1, maxUnavailable: 0 } } }`);
    expect(effectiveUnavailable(set, { min: 3, max: 3 })).toEqual({ replicas: 3, unavailable: 0 });
  });

  it.each(['ConfigMap', 'ReplicaSet'])('has no answer for a %s', kind => {
    expect(rollout(workload(kind, ''))).toBeUndefined();
  });

  it.each([
    ['both zero', rolling('maxSurge: 0, maxUnavailable: "0%"'), 'maxUnavailable may not be 0 when maxSurge is 0'],
    ['more than all', rolling('maxUnavailable: 101%'), 'maxUnavailable 101% is more than all pods'],
    [
      'quoted number',
      rolling('maxSurge: "1"'),
      'maxSurge "1" is neither a number of pods nor a percentage such as "25%"',
    ],
    ['negative', rolling('maxSurge: -1'), 'maxSurge "-1" is neither a number of pods nor a percentage such as "25%"'],
    [
      'Recreate with rollingUpdate',
      workload('Deployment', 'strategy: { type: Recreate, rollingUpdate: { maxSurge: 1 } }'),
      'rollingUpdate is set although the type is Recreate',
    ],
    [
      'unknown type',
      workload('Deployment', 'strategy: { type: Rolling }'),
      'type Rolling is neither RollingUpdate nor Recreate',
    ],
    [
      'deadline before ready',
      workload('Deployment', 'progressDeadlineSeconds: 60, minReadySeconds: 60'),
      'progressDeadlineSeconds 60 is not greater than minReadySeconds 60',
    ],
    [
      'DaemonSet with surge alone',
      workload('DaemonSet', 'updateStrategy: { rollingUpdate: { maxSurge: 1 } }'),
      'maxSurge may not be set when maxUnavailable is not 0, which is 1 where it is left out',
    ],
    [
      'StatefulSet with none unavailable',
      workload('StatefulSet', 'updateStrategy: { rollingUpdate: { maxUnavailable: 0 } }'),
      'maxUnavailable may not be 0',
    ],
  ])('sees what the API server refuses: %s', (_, deployment, message) => {
    expect(rollout(deployment)?.problems.map(problem => problem.message)).toEqual([message]);
  });

  it.each([
    ['a large surge', rolling('maxSurge: 200%')],
    ['null instead of a block', workload('Deployment', 'strategy: { type: Recreate, rollingUpdate: null }')],
    [
      'a DaemonSet that only surges',
      workload('DaemonSet', 'updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'),
    ],
  ])('accepts %s', (_, deployment) => {
    expect(rollout(deployment)?.problems).toEqual([]);
  });
});

describe('effectiveUnavailable', () => {
  it.each([
    ['default at one', workload('Deployment', ''), 1, 1, { replicas: 1, unavailable: 0 }],
    ['default at three', workload('Deployment', ''), 3, 3, { replicas: 3, unavailable: 0 }],
    ['default up to eight', workload('Deployment', ''), 1, 8, { replicas: 4, unavailable: 1 }],
    ['zero over any range', rolling('maxSurge: 50%, maxUnavailable: 0'), 1, 5000, { replicas: 1, unavailable: 0 }],
    ['zero by a fence post', rolling('maxSurge: 0, maxUnavailable: 1%'), 1, 10, { replicas: 1, unavailable: 1 }],
    ['at rest', rolling('maxUnavailable: 1'), 0, 3, { replicas: 1, unavailable: 1 }],
    ['Recreate', workload('Deployment', 'strategy: { type: Recreate }'), 3, 3, { replicas: 3, unavailable: 3 }],
    ['StatefulSet', workload('StatefulSet', ''), 3, 3, { replicas: 3, unavailable: 1 }],
  ])('%s', (_, deployment, min, max, expected) => {
    expect(effectiveUnavailable(deployment, { min, max })).toEqual(expected);
  });

  it.each([
    ['no replicas', workload('Deployment', 'replicas: 0'), 0],
    ['OnDelete', workload('StatefulSet', 'updateStrategy: { type: OnDelete }'), 3],
    ['a value that is not valid', rolling('maxUnavailable: "1"'), 3],
  ])('has no answer for %s', (_, deployment, replicas) => {
    expect(effectiveUnavailable(deployment, { min: replicas, max: replicas })).toBeUndefined();
  });
});
