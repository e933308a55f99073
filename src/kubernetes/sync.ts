import { at, items, type Node, scalar, text } from '../yaml/node.ts';
import { annotation, type KubeObject } from './object.ts';

/** When Argo CD runs a hook, beside `Skip`. (argo-cd docs/user-guide/sync-waves.md, resource_hooks.md) */
export const PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete'] as const;
export type Phase = (typeof PHASES)[number];

/** When Argo CD applies an object: phase first, then wave; what is in a later wave waits until all before is healthy. */
export interface SyncTime {
  readonly phase: 'PreSync' | 'Sync' | 'PostSync';
  readonly wave: number;
}

/** What the names of Argo CD's annotations begin with. */
export const PREFIX = 'argocd.argoproj.io/';
const SYNC_PHASES = ['PreSync', 'Sync', 'PostSync'] as const;

/** Helm's hooks as Argo CD maps them; others it does not run (argo-cd gitops-engine/pkg/sync/hook/helm/type.go). */
const HELM_HOOKS: ReadonlyMap<string, Phase> = new Map([
  ['pre-install', 'PreSync'],
  ['pre-upgrade', 'PreSync'],
  ['post-install', 'PostSync'],
  ['post-upgrade', 'PostSync'],
]);

/** The wave that the object is applied in, 0 where none is set (argo-cd gitops-engine/pkg/sync/syncwaves/waves.go). */
export function syncWave(object: KubeObject): number {
  const own = annotation(object, `${PREFIX}sync-wave`);
  return numberIn(own) ?? numberIn(annotation(object, 'helm.sh/hook-weight')) ?? 0;
}

/** Whether Go's strconv.Atoi reads the text. */
export function isWave(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && isWave(text) ? Number(text) : undefined;
}

/**
 * Whether a sync does not apply the object like any other: it is a hook of some phase, of none that Argo CD knows, or to
 * be skipped (argo-cd gitops-engine/pkg/sync/hook/hook.go).
 */
export function isHook(object: KubeObject): boolean {
  const helm = annotation(object, 'helm.sh/hook');
  return annotation(object, `${PREFIX}hook`) !== undefined || (helm !== undefined && helm !== 'crd-install');
}

/** The phases in which the object runs as a hook; Helm's hooks count where it has none of Argo CD's. */
export function hookPhases(object: KubeObject): Phase[] {
  const own = syncWords(object, 'hook');
  const phases = PHASES.filter(phase => own.includes(phase));
  if (phases.length > 0 || own.includes('Skip')) return phases;
  const helm = words(annotation(object, 'helm.sh/hook')).map(hook => HELM_HOOKS.get(hook));
  return PHASES.filter(phase => helm.includes(phase));
}

/** The first time in a sync at which the object is applied; undefined where no sync applies it. */
export function syncTime(object: KubeObject): SyncTime | undefined {
  const phases: readonly Phase[] = isHook(object) ? hookPhases(object) : ['Sync'];
  const phase = SYNC_PHASES.find(first => phases.includes(first));
  return phase && { phase, wave: syncWave(object) };
}

/** Negative where `a` is applied before `b`. */
export function compareSyncTimes(a: SyncTime, b: SyncTime): number {
  return SYNC_PHASES.indexOf(a.phase) - SYNC_PHASES.indexOf(b.phase) || a.wave - b.wave;
}

/** `wave 5`, `phase PreSync`, as far as it is not the usual. */
export function syncTimeText({ phase, wave }: SyncTime): string {
  return phase === 'Sync' ? `wave ${wave}` : `phase ${phase}${wave === 0 ? '' : `, wave ${wave}`}`;
}

/** The object's own options of a sync, such as `Prune=false`. */
export function syncOptions(object: KubeObject): readonly string[] {
  return syncWords(object, 'sync-options');
}

/** The parts of one of Argo CD's annotations that are listed with commas, such as `hook`. */
export function syncWords(object: KubeObject, name: string): readonly string[] {
  return words(annotation(object, `${PREFIX}${name}`));
}

/** The finalizer by which the deletion of an Application deletes what it applied (argo-cd docs/user-guide/app_deletion.md). */
const CASCADE = /^resources-finalizer\.argocd\.argoproj\.io(?:\/|$)/;

/**
 * Whether what an Application applied is deleted with it; of an ApplicationSet, with each that it makes. Its own deletion
 * takes these with it by their owner references, whatever `applicationsSync` says.
 */
export function cascades(manifest: Node): boolean {
  if (text(manifest, 'kind') === 'ApplicationSet') {
    return scalar(manifest, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion') !== true;
  }
  return items(at(manifest, 'metadata', 'finalizers')).some(item => CASCADE.test(text(item) ?? ''));
}

/** Whether `spec.paused` keeps the controller from replacing pods. */
export function isPaused({ root }: KubeObject): boolean {
  return scalar(root, 'spec', 'paused') === true;
}

function words(list: string | undefined): string[] {
  return (list ?? '').split(',').flatMap(word => word.trim() || []);
}
