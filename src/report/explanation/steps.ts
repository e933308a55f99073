import type { UnitChange } from '../../change/change.ts';
import type { Fact } from '../../change/fact.ts';
import { idKey, idLabel, type KubeObject } from '../../kubernetes/object.ts';
import { hookPhases, isHook, type Phase, syncWave } from '../../kubernetes/sync.ts';
import { databaseSteps } from './databases.ts';
import { pruned } from './prunes.ts';
import type { Roll } from './rolls.ts';
import { isRenamed, type StepKind, step, type UnitStep, type Waves } from './step.ts';
import type { Touched } from './touched.ts';

/** What happens with the unit once the commit is pushed. */
export function stepsOf(change: Touched, shapes: ReadonlyMap<Fact, string>): UnitStep[] {
  const { rolls } = change;
  const waves = waveIn(change);
  return [
    ...stops(change),
    sync(change),
    ...hooks(change),
    ...pruned(change, waves),
    ...created(change, rolls, waves),
    ...updated(change, rolls, shapes, waves),
    ...databaseSteps(change).map(({ object, ...step }) => ({ ...step, wave: waves(object) })),
    ...rolls.flatMap(roll => rollStep(roll, waves)),
  ];
}

function waveIn({ changes }: UnitChange): Waves {
  const applied = changes.map(change => (change.kind === 'removed' ? change.before : change.after));
  return applied.some(object => syncWave(object) !== 0) ? syncWave : () => undefined;
}

/** What keeps the commit from landing at all. */
function stops({ facts }: UnitChange): UnitStep[] {
  return facts.flatMap(({ kind, move, subject, object }) => {
    if (kind === 'unknown' && move === 'now-fails') {
      return step('stop', [], 'the build fails, so the sync stops and nothing of the commit lands here');
    }
    if (kind !== 'immutable') return [];
    const label = object === undefined ? subject : idLabel(object);
    const end = move === 'unapplied' ? 'where the object is there already' : 'so the sync fails';
    return step('stop', [label], `the API server refuses the change of ${subject}, ${end}`);
  });
}

/** A revision that no push moves: a tag or a commit. */
const FIXED = /^(?:[0-9a-f]{40}|v?\d+(?:\.\d+)+\S*)$/;

function sync({ unit, after }: UnitChange): UnitStep {
  const { application } = unit;
  if (unit.kind === 'terraform') return step('sync', [], 'Terraform plans and applies it; Argo CD takes no part');
  if (unit.kind === 'versions') return step('sync', [], 'a list of versions; nothing in the cluster follows from it');
  if (after === undefined) return step('sync', [], whenRemoved(unit));
  if (application === undefined) {
    return step('sync', [], 'no Application in this repository applies it; whatever does decides when');
  }
  const fixed = application.sources.find(
    source => source.chart === undefined && FIXED.test(source.targetRevision ?? ''),
  );
  if (fixed !== undefined) {
    return step('sync', [], `Argo CD follows ${fixed.targetRevision}, so the commit lands once that is moved`);
  }
  const { automated, prune, selfHeal } = application;
  const [branch = 'HEAD'] = application.sources.flatMap(({ path, targetRevision }) =>
    path !== undefined && unit.folders.includes(path) ? (targetRevision ?? 'HEAD') : [],
  );
  const from = branch === 'HEAD' ? '' : ` from ${branch}`;
  const prunes = prune ? 'prunes what is gone' : 'prunes nothing';
  if (!automated) return step('sync', [], `waits for a sync by hand${from}, which ${prunes} unless told otherwise`);
  const heals = selfHeal ? ', undoes what is changed by hand' : '';
  return step('sync', [], `Argo CD syncs by itself${from}, ${prunes}${heals}`);
}

function whenRemoved({ application }: UnitChange['unit']): string {
  if (application === undefined) return 'nothing applies it any more; what it applied stays until somebody deletes it';
  return application.cascades
    ? 'once the Application is deleted, its finalizer deletes all that it applied'
    : 'once the Application is deleted, what it applied stays and nothing keeps it in order';
}

/** Hooks run with every sync, whether they changed or not. */
function hooks({ unit, after, changes }: UnitChange): UnitStep[] {
  if (unit.application === undefined || changes.length === 0) return [];
  const steps: readonly (readonly [Phase, StepKind, string])[] = [
    ['PreSync', 'pre-hook', 'runs before anything is applied; where it fails, nothing is'],
    ['Sync', 'create', 'runs as a hook of the sync; where it fails, the sync does'],
    ['PostSync', 'post-hook', 'runs once everything is healthy'],
  ];
  return (after?.objects ?? []).flatMap(object =>
    steps
      .filter(([phase]) => hookPhases(object).includes(phase))
      .map(([phase, kind, text]) => step(kind, [idLabel(object.id)], text, { because: `${phase} hook` })),
  );
}

function created({ changes }: UnitChange, rolls: readonly Roll[], waves: Waves): UnitStep[] {
  const rolling = new Set(rolls.map(({ workload }) => idKey(workload.id)));
  const groups = new Map<number | undefined, string[]>();
  for (const change of changes) {
    if (change.kind === 'removed' || isHook(change.after)) continue;
    const isNew = change.kind === 'added' ? !rolling.has(idKey(change.after.id)) : isRenamed(change);
    if (!isNew) continue;
    const wave = waves(change.after);
    groups.set(wave, [...(groups.get(wave) ?? []), idLabel(change.after.id)]);
  }
  return [...groups].map(([wave, labels]) => step('create', labels, 'created', { wave }));
}

function updated(
  { changes, facts }: UnitChange,
  rolls: readonly Roll[],
  shapes: ReadonlyMap<Fact, string>,
  waves: Waves,
): UnitStep[] {
  const rolling = new Set(rolls.filter(({ pace }) => pace !== undefined).map(({ workload }) => idKey(workload.id)));
  const groups = new Map<string, { wave: number | undefined; text: string; labels: string[] }>();
  for (const change of changes) {
    if (change.kind !== 'modified' || isRenamed(change) || isHook(change.after)) continue;
    const id = idKey(change.after.id);
    const own = facts.filter(fact => fact.object !== undefined && idKey(fact.object) === id);
    if (rolling.has(id) || own.some(({ kind }) => kind === 'database' || kind === 'immutable')) continue;
    const wave = waves(change.after);
    const text = howUpdated(change.after, own, shapes);
    const key = JSON.stringify([wave, text]);
    const group = groups.get(key) ?? { wave, text, labels: [] };
    group.labels.push(idLabel(change.after.id));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ wave, text, labels }) => step('update', labels, text, { wave }));
}

/** Facts about more than the object itself: what an ApplicationSet makes of its template. */
const OF_OTHERS: ReadonlySet<Fact['kind']> = new Set(['application', 'client']);

function howUpdated({ id }: KubeObject, facts: readonly Fact[], shapes: ReadonlyMap<Fact, string>): string {
  const isData = id.group === '' && (id.kind === 'ConfigMap' || id.kind === 'Secret');
  const own = isData ? [] : facts.filter(({ kind }) => !OF_OTHERS.has(kind));
  // Its template is the same.
  const told = own.flatMap(fact => (fact.kind === 'workload' ? 'no pod is replaced' : (shapes.get(fact) ?? [])));
  return ['updated in place', ...new Set(told.filter(shape => shape !== 'updated in place'))].join('; ');
}

const OF_CAUSE: Readonly<Record<Roll['cause'], StepKind | undefined>> = {
  new: 'roll',
  template: 'roll',
  reloader: 'restart',
  'at-once': 'at-once',
  stays: 'stays',
  'next-run': 'next-run',
  // Said with what else is pruned.
  removed: undefined,
};

function rollStep({ cause, because, about, how, pace, label, workload }: Roll, waves: Waves): UnitStep[] {
  const kind = OF_CAUSE[cause];
  if (kind === undefined || isHook(workload)) return [];
  const wave = kind === 'roll' ? waves(workload) : undefined;
  return [step(kind, [label], how, { about, because, pace, wave })];
}
