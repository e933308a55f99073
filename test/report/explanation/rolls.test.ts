import { describe, expect, test } from 'vitest';
import type { ObjectChange, UnitChange } from '../../../src/change/change.ts';
import { rollsOf } from '../../../src/report/explanation/rolls.ts';
import { at, type Path } from '../../../src/yaml/node.ts';
import { object, objects } from '../../support/objects.ts';
import * as make from '../../support/results.ts';

/** A workload with the given spec around a template of one container. */
function workload(kind: string, spec: string, container = '{ name: main, image: a }', metadata = 'name: web'): string {
  return `{ apiVersion: apps/v1, kind: ${kind}, metadata: { ${metadata} }, spec: { ${spec} template: { spec: { containers: [${container}] } } } }`;
}

function modified(before: string, after: string, path: Path): ObjectChange {
  const [old, now] = [object(before), object(after)];
  const fields = [{ path, before: at(old.root, ...path), after: at(now.root, ...path) }];
  return { kind: 'modified', before: old, after: now, fields };
}

function unitWith(changes: readonly ObjectChange[], standing = ''): UnitChange {
  const after = changes.flatMap(change => (change.kind === 'removed' ? [] : [change.after]));
  const rendered = make.rendered([...after, ...(standing === '' ? [] : objects(standing))]);
  return { ...make.unitChange(make.unit('acme', 'shop', 'production'), [], changes), after: rendered };
}

const IMAGE = ['spec', 'template', 'spec', 'containers', 0, 'image'];

describe('what the pods of a workload do when their template changes', () => {
  test.each([
    ['Deployment', '', '1 pod, +25% / -25%, no readiness probe'],
    [
      'Deployment',
      'replicas: 3, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },',
      '3 pods, +1 / -0, no readiness probe',
    ],
    ['Deployment', 'replicas: 0,', 'no pods now; the next ones are new'],
    ['Deployment', 'replicas: 2, strategy: { type: Recreate },', '2 pods, all stop before the first new one starts'],
    ['StatefulSet', 'replicas: 3,', '3 pods, +0 / -1, no readiness probe'],
    [
      'StatefulSet',
      'replicas: 3, updateStrategy: { type: OnDelete },',
      '3 pods, each is replaced only once it is deleted by hand',
    ],
    [
      'StatefulSet',
      'replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } },',
      '3 pods, +0 / -1, only from ordinal 2 on, no readiness probe',
    ],
    ['DaemonSet', '', 'a pod a node, +0 / -1, no readiness probe'],
  ])('%s { %s }', (kind, spec, how) => {
    const change = modified(
      workload(kind, spec, '{ name: main, image: a }'),
      workload(kind, spec, '{ name: main, image: b }'),
      IMAGE,
    );
    expect(rollsOf(unitWith([change])).map(roll => [roll.label, roll.how])).toEqual([[`${kind} web`, how]]);
  });

  test.each([
    ['tcpSocket: { port: 9000 }', 'ready by tcp 9000'],
    ['httpGet: { port: http, path: /health }', 'ready by GET /health on http'],
    ['httpGet: { port: 80 }', 'ready by GET / on 80'],
    ['grpc: { port: 5000 }', 'ready by grpc 5000'],
    ['exec: { command: [true] }', 'ready by a command in main'],
  ])('ready by %s', (probe, how) => {
    const container = `{ name: main, image: a, readinessProbe: { ${probe} } }`;
    const change = modified(workload('Deployment', '', container), workload('Deployment', '', container), IMAGE);
    expect(rollsOf(unitWith([change]))[0]?.how).toBe(`1 pod, +25% / -25%, ${how}`);
  });

  test('as many as the autoscaler allows', () => {
    const scaler =
      '{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: web }, spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 9 } }';
    const change = modified(workload('Deployment', ''), workload('Deployment', ''), IMAGE);
    expect(rollsOf(unitWith([change], scaler))[0]?.how).toMatch(/^2 to 9 pods, /);
  });

  test('nothing rolls for a field outside of the template', () => {
    const change = modified(workload('Deployment', 'replicas: 1,'), workload('Deployment', 'replicas: 2,'), [
      'spec',
      'replicas',
    ]);
    expect(rollsOf(unitWith([change]))).toEqual([]);
  });
});

describe('workloads that come and go', () => {
  const cron =
    '{ apiVersion: batch/v1, kind: CronJob, metadata: { name: tick }, spec: { schedule: "*/5 * * * *", jobTemplate: { spec: { template: { spec: { containers: [{ name: a }] } } } } } }';

  test.each<[ObjectChange, string, boolean]>([
    [{ kind: 'added', after: object(workload('Deployment', 'replicas: 2,')) }, 'new, 2 pods', true],
    [{ kind: 'added', after: object(workload('DaemonSet', '')) }, 'new, a pod a node', true],
    [{ kind: 'added', after: object(cron) }, 'new, runs at */5 * * * *', true],
    [{ kind: 'removed', before: object(workload('Deployment', '')) }, 'stops and is removed', false],
  ])('%#: %s', (change, how, watch) => {
    expect(rollsOf(unitWith([change])).map(roll => [roll.how, roll.watch])).toEqual([[how, watch]]);
  });

  test('a Service starts no pods', () => {
    const service = object('{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: {} }');
    expect(rollsOf(unitWith([{ kind: 'added', after: service }]))).toEqual([]);
  });
});

describe('workloads that read what changed', () => {
  const config = (mode: string) =>
    `{ apiVersion: v1, kind: ConfigMap, metadata: { name: app-cm, namespace: shop }, data: { MODE: ${mode} } }`;
  const change = modified(config('a'), config('b'), ['data', 'MODE']);
  const reader = (kind: string, metadata: string) =>
    workload(kind, '', '{ name: main, image: a, envFrom: [{ configMapRef: { name: app-cm } }] }', metadata);

  test.each([
    [
      reader('Deployment', 'name: web, namespace: shop, annotations: { reloader.stakater.com/auto: "true" }'),
      [/^restarted by Reloader for ConfigMap app-cm: 1 pod, /],
    ],
    [reader('Deployment', 'name: web, namespace: shop'), [/^not restarted for ConfigMap app-cm: no annotation/]],
    [reader('Deployment', 'name: web, namespace: other'), []],
    [workload('Deployment', ''), []],
  ])('%#', (standing, expected) => {
    const rolls = rollsOf(unitWith([change], standing)).map(roll => roll.how);
    expect(rolls).toHaveLength(expected.length);
    for (const [i, pattern] of expected.entries()) expect(rolls[i]).toMatch(pattern);
  });

  test('one that rolls anyway is told once', () => {
    const rolled = modified(
      reader('Deployment', 'name: web, namespace: shop'),
      reader('Deployment', 'name: web, namespace: shop'),
      IMAGE,
    );
    expect(rollsOf(unitWith([change, rolled])).map(roll => roll.how)).toEqual([
      '1 pod, +25% / -25%, no readiness probe',
    ]);
  });
});
