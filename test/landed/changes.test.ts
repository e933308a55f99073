import { describe, expect, it } from 'vitest';
import { compareUnit } from '../../src/change/compare.ts';
import { missingFields } from '../../src/landed/fields.ts';
import { judgeRestart } from '../../src/landed/restarts.ts';
import { rollsOf } from '../../src/report/explanation/rolls.ts';
import { object, objects } from '../support/objects.ts';
import { rendered, unit } from '../support/results.ts';

const DEPLOYMENT = (container: string) =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: [${container}]}}}}`;

function change(before: string, after: string) {
  return compareUnit(unit('a', 'b', 'production'), rendered(objects(before)), rendered(objects(after)));
}

describe('fields that a commit sets', () => {
  const before = DEPLOYMENT('{name: web, resources: {limits: {cpu: 500m}}, env: [{name: LEVEL, value: info}]}');
  const after = DEPLOYMENT(
    '{name: web, resources: {limits: {cpu: "1"}}, env: [{name: LEVEL, value: debug}, {name: NEW, value: x}]}',
  );
  const missing = (live: string) => {
    const [only] = change(before, after).changes;
    if (only === undefined) throw new Error('nothing changed');
    return missingFields(only, object(live)).map(({ path, has }) => `${has} ${path.replace(/^.*\]\./, '')}`);
  };

  it('are there, beside defaults and what was injected, in whatever order and form', () => {
    const live = DEPLOYMENT(
      '{name: proxy}, {name: web, imagePullPolicy: Always, resources: {limits: {cpu: 1000m}}, ' +
        'env: [{name: INJECTED, value: y}, {name: NEW, value: x}, {name: LEVEL, value: debug}]}',
    );
    expect(missing(live)).toEqual([]);
  });

  it('are as they were before', () => {
    expect(missing(before).every(line => line.startsWith('old '))).toBe(true);
    expect(missing(before)).toHaveLength(3);
  });

  it('count as well where the commit takes an item away', () => {
    const [only] = change(after, before).changes;
    if (only === undefined) throw new Error('nothing changed');
    const left = (live: string) => missingFields(only, object(live)).filter(({ path }) => path.includes('NEW'));
    expect(left(after)).toEqual([{ path: 'spec.template.spec.containers[web].env[NEW]', has: 'old' }]);
    expect(left(before)).toEqual([]);
  });

  it('are something else', () => {
    const live = DEPLOYMENT(
      '{name: web, resources: {limits: {cpu: "2"}}, env: [{name: LEVEL, value: debug}, {name: NEW, value: x}]}',
    );
    expect(missing(live)).toEqual(['other resources.limits.cpu']);
  });
});

describe('a configuration that changes under its name', () => {
  const config = (value: string) =>
    `{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {LEVEL: ${value}}}\n---\n`;
  const READER = '{name: web, envFrom: [{configMapRef: {name: settings}}]}';
  const AUTO = DEPLOYMENT(READER).replace(
    'metadata: {name: web}',
    'metadata: {name: web, annotations: {reloader.stakater.com/auto: "true"}}',
  );
  const MOUNTED = DEPLOYMENT('{name: web, volumeMounts: [{name: c, mountPath: /c}]}').replace(
    /\]\}\}\}\}$/,
    '], volumes: [{name: c, configMap: {name: settings}}]}}}}',
  );
  const CHANGED = Date.parse('2026-03-16T09:00:00Z');
  const pod = (at: string) =>
    object(`{apiVersion: v1, kind: Pod, metadata: {name: web-1, creationTimestamp: "${at}"}}`);
  const OLD = pod('2026-03-16T08:00:00Z');
  const FRESH = pod('2026-03-16T09:00:30Z');

  function judge(
    workload: string,
    pods: readonly ReturnType<typeof pod>[],
    more: { since?: undefined; minutes?: number } = {},
  ) {
    const made = change(config('info') + workload, config('debug') + workload);
    const [roll] = rollsOf(made);
    if (roll === undefined) throw new Error('nothing reads it');
    const since = 'since' in more ? undefined : CHANGED;
    return judgeRestart({
      roll,
      change: made,
      pods,
      since,
      committed: CHANGED,
      now: CHANGED + (more.minutes ?? 10) * 60_000,
    });
  }

  it.each([
    ['Reloader has restarted it', AUTO, [FRESH], 'landed', 'its pods started after ConfigMap settings changed'],
    [
      'Reloader has not restarted it',
      AUTO,
      [FRESH, OLD],
      'stuck',
      '1 of 2 pods started before ConfigMap settings changed',
    ],
    ['nothing restarts it', DEPLOYMENT(READER), [OLD], 'stuck', 'have the old values'],
    ['somebody has restarted it', DEPLOYMENT(READER), [FRESH], 'landed', 'started after'],
    ['it reads files', MOUNTED, [OLD], 'landed', 'reaches its files without a restart'],
    ['it has no pod', AUTO, [], 'unknown', 'no pod of it runs'],
  ])('%s', (_, workload, pods, state, reason) => {
    expect(judge(workload, pods)).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });

  it('gives Reloader a moment', () => {
    expect(judge(AUTO, [OLD], { minutes: 1 }).state).toBe('rolling');
  });

  it('does not know where nobody says when it changed', () => {
    expect(judge(AUTO, [FRESH], { since: undefined }).state).toBe('unknown');
    expect(judge(AUTO, [OLD], { since: undefined }).state).toBe('stuck');
  });
});
