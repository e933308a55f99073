import { describe, expect, it } from 'vitest';
import { rollsOf } from '../../../src/report/explanation/rolls.ts';
import { timelineOf } from '../../../src/report/explanation/timeline.ts';
import { change, unitOf } from '../../support/changes.ts';
import * as make from '../../support/results.ts';

/** ConfigMaps, each in the wave that its name says. */
function configs(names: readonly string[], options = ''): string {
  return names
    .map(
      name =>
        `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, annotations: { argocd.argoproj.io/sync-wave: "${name.slice(1)}", argocd.argoproj.io/sync-options: "${options}" } } }`,
    )
    .join('\n---\n');
}

function timeline(before: string, after: string, prune = true): string[] {
  const unit = unitOf({ application: { ...make.application('shop', 'shop'), prune } });
  const compared = change(before, after, unit);
  const steps = timelineOf([{ ...compared, rolls: rollsOf(compared) }], { reasons: [] });
  return steps.map(({ kind, wave, subject, text }) =>
    `${kind} ${wave ?? '-'} ${subject}: ${text}`.replace(/^sync.*/, 'sync'),
  );
}

// argo-cd gitops-engine/pkg/sync/sync_context.go: in each wave prunes come first, and the waves of what is pruned are
// turned round; docs/user-guide/sync-options.md for the options.
describe('what is pruned', () => {
  it('goes before what is created in the same wave', () => {
    expect(timeline(configs(['a0']), configs(['b0']))).toEqual([
      'sync',
      'prune - ConfigMap a0: deleted',
      'create - ConfigMap b0: created',
    ]);
  });

  it('goes in the reverse order of its waves', () => {
    expect(timeline(configs(['a0', 'b5', 'c7']), configs(['d1']))).toEqual([
      'sync',
      'prune 0 ConfigMap c7: deleted',
      'create 1 ConfigMap d1: created',
      'prune 5 ConfigMap b5: deleted',
      'prune 7 ConfigMap a0: deleted',
    ]);
  });

  it('waits for all else with PruneLast', () => {
    expect(timeline(configs(['a0'], 'PruneLast=true'), configs(['b1']))).toEqual([
      'sync',
      'create 1 ConfigMap b1: created',
      'prune-last - ConfigMap a0: last of all: deleted',
    ]);
  });

  it.each([
    ['Prune=false', true, 'kept in the cluster, by the option Prune=false'],
    ['Prune=confirm', true, 'deleted once somebody confirms it, by the option Prune=confirm'],
    ['', false, 'kept in the cluster until somebody syncs with --prune'],
  ])('with the option "%s" and automatic pruning %s', (options, prune, told) => {
    expect(timeline(configs(['a0'], options), '', prune)).toContain(`prune - ConfigMap a0: ${told}`);
  });

  it('names the data that goes with it', () => {
    const claim = '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data } }';
    expect(timeline(claim, '').at(-1)).toMatch(/^prune - PersistentVolumeClaim data: deleted: .*data/);
  });

  it.each([
    [true, 'deleted'],
    [false, 'kept in the cluster: no finalizer deletes it with the Application'],
  ])('goes with its Application where that has the finalizer: %s', (cascades, told) => {
    const application = { ...make.application('shop', 'shop'), prune: true, cascades };
    const compared = change(configs(['a0']), undefined, unitOf({ application }));
    const steps = timelineOf([{ ...compared, rolls: rollsOf(compared) }], { reasons: [] });
    expect(steps.flatMap(({ kind, text }) => (kind === 'prune' ? text : []))).toEqual([told]);
  });
});
