import { annotation, type KubeObject } from './object.ts';
import { syncWave } from './sync.ts';

/** When Argo CD applies an object: phase first, then wave; what is in a later wave waits until all before is healthy. */
export interface SyncTime {
  readonly phase: 'PreSync' | 'Sync' | 'PostSync';
  readonly wave: number;
}

const PHASES = ['PreSync', 'Sync', 'PostSync'] as const;

/** Helm's hooks as Argo CD maps them; others, such as those of a deletion, are no part of a sync. */
const HELM_HOOKS: ReadonlyMap<string, SyncTime['phase']> = new Map([
  ['pre-install', 'PreSync'],
  ['pre-upgrade', 'PreSync'],
  ['post-install', 'PostSync'],
  ['post-upgrade', 'PostSync'],
]);

/** The first time in a sync at which the object is applied; undefined where it is only a hook of something else. */
export function syncTime(object: KubeObject): SyncTime | undefined {
  const phase = phaseOf(object);
  return phase === undefined ? undefined : { phase, wave: syncWave(object) };
}

function phaseOf(object: KubeObject): SyncTime['phase'] | undefined {
  const own = annotation(object, 'argocd.argoproj.io/hook');
  const helm = annotation(object, 'helm.sh/hook');
  if (own === undefined && helm === undefined) return 'Sync';
  const hooks = (own ?? helm ?? '').split(',').map(hook => hook.trim());
  const phases = hooks.map(hook => (own === undefined ? HELM_HOOKS.get(hook) : hook));
  return PHASES.find(phase => phases.includes(phase));
}

/** Negative where `a` is applied before `b`. */
export function compareSyncTimes(a: SyncTime, b: SyncTime): number {
  return PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || a.wave - b.wave;
}

/** `wave 5`, `phase PreSync`, as far as it is not the usual. */
export function syncTimeText({ phase, wave }: SyncTime): string {
  return phase === 'Sync' ? `wave ${wave}` : `phase ${phase}${wave === 0 ? '' : `, wave ${wave}`}`;
}
