import { describe, expect, it } from 'vitest';
import { compareSyncTimes, hookPhases, syncOptions, syncTime, syncWave } from '../../src/kubernetes/sync.ts';
import { object } from '../support/objects.ts';

function annotated(annotations: string) {
  return object(`{ apiVersion: batch/v1, kind: Job, metadata: { name: a, annotations: { ${annotations} } } }`);
}

describe('the wave in which Argo CD applies an object', () => {
  it.each([
    ['', 0],
    ['argocd.argoproj.io/sync-wave: "5"', 5],
    ['argocd.argoproj.io/sync-wave: "-1"', -1],
    ['argocd.argoproj.io/sync-wave: "late"', 0],
    ['argocd.argoproj.io/sync-wave: "1.5"', 0],
    ['argocd.argoproj.io/sync-wave: ""', 0],
    ['helm.sh/hook-weight: "3"', 3],
    ['argocd.argoproj.io/sync-wave: "2", helm.sh/hook-weight: "3"', 2],
  ])('{ %s } is %i', (annotations, wave) => {
    expect(syncWave(annotated(annotations))).toBe(wave);
  });
});

it.each([
  ['argocd.argoproj.io/hook: PreSync', ['PreSync']],
  ['argocd.argoproj.io/hook: "PostSync, PreSync"', ['PreSync', 'PostSync']],
  ['argocd.argoproj.io/hook: Skip', []],
  ['argocd.argoproj.io/hook: Skip, helm.sh/hook: post-install', []],
  ['argocd.argoproj.io/hook: PostSync, helm.sh/hook: pre-install', ['PostSync']],
  ['helm.sh/hook: "post-upgrade,pre-install"', ['PreSync', 'PostSync']],
  ['helm.sh/hook: test', []],
  ['', []],
])('{ %s } runs as a hook of %j', (annotations, phases) => {
  expect(hookPhases(annotated(annotations))).toEqual(phases);
});

describe('when an object is applied in a sync', () => {
  it.each([
    ['', { phase: 'Sync', wave: 0 }],
    ['argocd.argoproj.io/sync-wave: "-3"', { phase: 'Sync', wave: -3 }],
    ['argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/sync-wave: "2"', { phase: 'PreSync', wave: 2 }],
    ['argocd.argoproj.io/hook: "PostSync, PreSync"', { phase: 'PreSync', wave: 0 }],
    ['helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-weight: "5"', { phase: 'PreSync', wave: 5 }],
    ['helm.sh/hook: post-upgrade', { phase: 'PostSync', wave: 0 }],
    ['helm.sh/hook: crd-install', { phase: 'Sync', wave: 0 }],
    ['argocd.argoproj.io/hook: SyncFail', undefined],
    ['argocd.argoproj.io/hook: Skip', undefined],
    ['argocd.argoproj.io/hook: Presync', undefined],
    ['helm.sh/hook: pre-delete', undefined],
  ])('%s', (annotations, expected) => {
    expect(syncTime(annotated(annotations))).toEqual(expected);
  });

  it('puts the phase before the wave', () => {
    const late = { phase: 'PreSync', wave: 9 } as const;
    const early = { phase: 'Sync', wave: -9 } as const;
    expect(compareSyncTimes(late, early)).toBeLessThan(0);
  });
});

it('options of a sync stand in one list', () => {
  const options = 'argocd.argoproj.io/sync-options: "Prune=false, Delete=confirm,"';
  expect(syncOptions(annotated(options))).toEqual(['Prune=false', 'Delete=confirm']);
});
