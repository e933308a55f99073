import { describe, expect, it } from 'vitest';
import { compareSyncTimes, syncTime } from '../../src/kubernetes/sync-order.ts';
import { object } from '../support/objects.ts';

const job = (annotations: string) =>
  object(`{ apiVersion: batch/v1, kind: Job, metadata: { name: a, annotations: { ${annotations} } } }`);

describe('when an object is applied in a sync', () => {
  it.each([
    ['', { phase: 'Sync', wave: 0 }],
    ['argocd.argoproj.io/sync-wave: "-3"', { phase: 'Sync', wave: -3 }],
    ['argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/sync-wave: "2"', { phase: 'PreSync', wave: 2 }],
    ['argocd.argoproj.io/hook: "PostSync, PreSync"', { phase: 'PreSync', wave: 0 }],
    ['helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-weight: "5"', { phase: 'PreSync', wave: 5 }],
    ['helm.sh/hook: post-upgrade', { phase: 'PostSync', wave: 0 }],
    ['argocd.argoproj.io/hook: SyncFail', undefined],
    ['helm.sh/hook: pre-delete', undefined],
  ])('%s', (annotations, expected) => {
    expect(syncTime(job(annotations))).toEqual(expected);
  });

  it('puts the phase before the wave', () => {
    const late = { phase: 'PreSync', wave: 9 } as const;
    const early = { phase: 'Sync', wave: -9 } as const;
    expect(compareSyncTimes(late, early)).toBeLessThan(0);
  });
});
