import { describe, expect, it } from 'vitest';
import { reloads } from '../../src/kubernetes/reloader.ts';
import { reloaderAdvice, usesReloader } from '../../src/rule/reloader-advice.ts';
import { object } from '../support/objects.ts';

function workload(annotations: string) {
  return object(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: app-worker, namespace: shop, annotations: { ${annotations} } }
spec:
  template:
    spec: { containers: [{ name: cli, image: a, envFrom: [{ configMapRef: { name: env } }] }] }
`);
}

const config = object('{ apiVersion: v1, kind: ConfigMap, metadata: { name: env, namespace: shop } }');
const ignored = object(`
apiVersion: v1
kind: ConfigMap
metadata: { name: env, namespace: shop, annotations: { reloader.stakater.com/ignore: "true" } }
`);

function advice(annotations: string, of = config, isInUse = true) {
  const app = workload(annotations);
  return reloaderAdvice(app, of, reloads(app, of), isInUse);
}

describe('the advice for a workload that is not restarted', () => {
  it.each([
    ['', 'Set the annotation reloader.stakater.com/auto: "true" on Deployment app-worker.'],
    [
      'reloader.stakater.com/auto: "yes"',
      'Set the annotation reloader.stakater.com/auto: "true" on Deployment app-worker.',
    ],
    [
      'configmap.reloader.stakater.com/reload: "a,b"',
      'Set the annotation configmap.reloader.stakater.com/reload: "a,b,env" on Deployment app-worker.',
    ],
    [
      'configmaps.reloader.stakater.com/reload: env',
      'Write configmap.reloader.stakater.com/reload for the annotation configmaps.reloader.stakater.com/reload of Deployment app-worker.',
    ],
  ])('with %s is exact', (annotations, fix) => {
    expect(advice(annotations)).toMatchObject({ fix, isOptOut: false });
  });

  it('is to restart by hand where Reloader does not run', () => {
    const { fix } = advice('', config, false);
    expect(fix).toContain('`kubectl -n shop rollout restart deployment/app-worker`');
  });

  it.each([
    ['reloader.stakater.com/auto: "false"', config],
    ['configmaps.exclude.reloader.stakater.com/reload: env', config],
    ['reloader.stakater.com/auto: "true"', ignored],
  ])('knows that %s is meant', (annotations, of) => {
    expect(advice(annotations, of).isOptOut).toBe(true);
  });
});

describe('Reloader', () => {
  it('is in use where an annotation speaks to it', () => {
    expect(usesReloader([config, workload('secret.reloader.stakater.com/reload: a')])).toBe(true);
    expect(usesReloader([config, workload('other: a')])).toBe(false);
  });
});
