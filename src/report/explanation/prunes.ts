import type { UnitChange } from '../../change/change.ts';
import { isKept } from '../../change/facts-application.ts';
import { idLabel, type KubeObject } from '../../kubernetes/object.ts';
import { holdsState } from '../../kubernetes/state.ts';
import { isHook, syncOptions, syncWave } from '../../kubernetes/sync.ts';
import { at, items, type Node, scalar } from '../../yaml/node.ts';
import { isRenamed, type StepKind, step, type UnitStep, type Waves } from './step.ts';
import type { Touched } from './touched.ts';

/** Argo CD prunes what is of a wave before it applies what is of it (argo-cd gitops-engine/pkg/sync/sync_context.go). */
export function pruned(change: Touched, waves: Waves): UnitStep[] {
  const { unit, after, changes } = change;
  const objects = changes.flatMap(one => {
    const gone = one.kind === 'removed' || isRenamed(one) ? one : undefined;
    return gone === undefined || gone.kind === 'added' || isHook(gone.before) ? [] : gone.before;
  });
  const turns = pruneWaves(objects);
  const groups = new Map<string, { kind: StepKind; wave: number | undefined; text: string; labels: string[] }>();
  for (const object of objects) {
    const how = after === undefined ? withTheApplication(object, unit) : howPruned(object, unit);
    const isLast = after !== undefined && prunesLast(object, after.manifest);
    const text = isLast ? `last of all: ${how}` : how;
    const wave = isLast || waves(object) === undefined ? undefined : turns.get(syncWave(object));
    const kind = isLast ? 'prune-last' : 'prune';
    const key = JSON.stringify([kind, wave, text]);
    const group = groups.get(key) ?? { kind, wave, text, labels: [] };
    group.labels.push(idLabel(object.id));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ kind, wave, text, labels }) => step(kind, labels, text, { wave }));
}

/** What was applied last goes first: the waves of what is pruned change places, the first with the last. */
function pruneWaves(objects: readonly KubeObject[]): Map<number, number> {
  const waves = [...new Set(objects.map(syncWave))].sort((a, b) => a - b);
  return new Map(waves.map((wave, i) => [wave, waves[waves.length - 1 - i] ?? wave]));
}

function prunesLast(object: KubeObject, manifest: Node | undefined): boolean {
  const ofAll = items(at(manifest, 'spec', 'syncPolicy', 'syncOptions')).map(option => scalar(option));
  return syncOptions(object).includes('PruneLast=true') || ofAll.includes('PruneLast=true');
}

/** Nothing syncs any more that could prune: its finalizer deletes what the Application applied, or nothing does. */
function withTheApplication(object: KubeObject, unit: UnitChange['unit']): string {
  if (unit.application === undefined) return howPruned(object, unit);
  return unit.application.cascades
    ? deleted(object)
    : 'kept in the cluster: no finalizer deletes it with the Application';
}

function howPruned(object: KubeObject, { application }: UnitChange['unit']): string {
  if (isKept(object)) return 'kept in the cluster, by the option Prune=false';
  if (syncOptions(object).includes('Prune=confirm'))
    return 'deleted once somebody confirms it, by the option Prune=confirm';
  if (application === undefined) return 'kept in the cluster unless whatever applies it also prunes';
  if (!application.prune) return 'kept in the cluster until somebody syncs with --prune';
  return deleted(object);
}

function deleted(object: KubeObject): string {
  const loss = holdsState(object);
  return loss === undefined ? 'deleted' : `deleted: ${loss}`;
}
