import { describe, expect, it } from 'vitest';
import { hookPhases, syncOptions, syncWave } from '../../src/kubernetes/sync.ts';
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
  ['', []],
])('{ %s } runs as a hook of %j', (annotations, phases) => {
  expect(hookPhases(annotated(annotations))).toEqual(phases);
});

it('options of a sync stand in one list', () => {
  const options = 'argocd.argoproj.io/sync-options: "Prune=false, Delete=confirm,"';
  expect(syncOptions(annotated(options))).toEqual(['Prune=false', 'Delete=confirm']);
});
