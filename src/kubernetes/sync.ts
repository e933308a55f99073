import { scalar } from '../yaml/node.ts';
import { annotation, type KubeObject } from './object.ts';

/** When Argo CD runs a hook, beside `Skip`. (argo-cd docs/user-guide/sync-waves.md, resource_hooks.md) */
export const PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete'] as const;
export type Phase = (typeof PHASES)[number];

const PREFIX = 'argocd.argoproj.io';

/** The wave that the object is applied in, 0 where none is set (argo-cd gitops-engine/pkg/sync/syncwaves/waves.go). */
export function syncWave(object: KubeObject): number {
  const own = annotation(object, `${PREFIX}/sync-wave`);
  return numberIn(own) ?? numberIn(annotation(object, 'helm.sh/hook-weight')) ?? 0;
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The phases in which the object runs as a hook; none for an object that is applied like any other. */
export function hookPhases(object: KubeObject): Phase[] {
  const listed = words(annotation(object, `${PREFIX}/hook`));
  return PHASES.filter(phase => listed.includes(phase));
}

/** The object's own options of a sync, such as `Prune=false`. */
export function syncOptions(object: KubeObject): readonly string[] {
  return words(annotation(object, `${PREFIX}/sync-options`));
}

/** Whether `spec.paused` keeps the controller from replacing pods. */
export function isPaused({ root }: KubeObject): boolean {
  return scalar(root, 'spec', 'paused') === true;
}

function words(list: string | undefined): string[] {
  return (list ?? '').split(',').flatMap(word => word.trim() || []);
}
