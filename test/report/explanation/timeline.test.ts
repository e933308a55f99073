import { expect, it } from 'vitest';
import { radiusOf } from '../../../src/report/explanation/radius.ts';
import { rollsOf } from '../../../src/report/explanation/rolls.ts';
import { timelineOf } from '../../../src/report/explanation/timeline.ts';
import { change, unitOf } from '../../support/changes.ts';

/** A Deployment that reads a ConfigMap of its own, with so many pods. */
function app(name: string, level: string, replicas = 1): string {
  const container = `{ name: app, image: "shop/app:1", envFrom: [{ configMapRef: { name: ${name}-env } }] }`;
  return `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}-env }, data: { LEVEL: ${level} } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name} }, spec: { replicas: ${replicas}, template: { spec: { containers: [${container}] } } } }`;
}

function told(names: readonly string[]): string[] {
  const units = names.map(name => {
    const compared = change(app(name, 'info'), app(name, 'debug'), unitOf({ key: name }));
    return { ...compared, rolls: rollsOf(compared) };
  });
  return timelineOf(units, { reasons: [] }).flatMap(({ kind, subject, text, units: keys }) =>
    kind === 'sync' ? [] : `${kind} ${subject}: ${text} (${keys.join(', ')})`,
  );
}

it('tells what happens alike to three objects once, each with a ConfigMap of its own', () => {
  expect(told(['a', 'b', 'c'])).toEqual([
    'update ConfigMap a-env, b-env, c-env: updated in place (a, b, c)',
    'stays Deployment a, b, c: not restarted for its ConfigMap: no annotation of Reloader covers it; it keeps the old values until its pods are replaced (a, b, c)',
  ]);
});

it('tells two by their own names', () => {
  expect(told(['a', 'b'])).toEqual([
    'update ConfigMap a-env: updated in place (a)',
    'update ConfigMap b-env: updated in place (b)',
    'stays Deployment a: not restarted for ConfigMap a-env: no annotation of Reloader covers it; it keeps the old values until its pods are replaced (a)',
    'stays Deployment b: not restarted for ConfigMap b-env: no annotation of Reloader covers it; it keeps the old values until its pods are replaced (b)',
  ]);
});

it('never folds the one that goes in another way', () => {
  const units = ['a', 'b', 'c', 'd'].map((name, i) => {
    const replicas = i === 3 ? 9 : 1;
    const [before, after] = ['1', '2'].map(tag => app(name, 'info', replicas).replace('shop/app:1', `shop/app:${tag}`));
    const compared = change(before, after, unitOf({ key: name }));
    return { ...compared, rolls: rollsOf(compared) };
  });
  const rolls = timelineOf(units, { reasons: [] }).filter(({ kind }) => kind === 'roll');
  expect(rolls.map(({ subject, text }) => `${subject}: ${text.split(',', 1)[0]}`)).toEqual([
    'Deployment a, b, c: 1 pod',
    'Deployment d: 9 pods',
  ]);
});

it('counts the pods of a workload that is only scaled, which no roll tells of', () => {
  const compared = change(app('a', 'info', 1), app('a', 'info', 3));
  const radius = radiusOf([{ ...compared, rolls: rollsOf(compared) }], []);
  expect({ workloads: radius.workloads, pods: radius.pods }).toEqual({ workloads: 1, pods: { min: 3, max: 3 } });
});
