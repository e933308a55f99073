import { annotation, idLabel, type KubeObject } from '../kubernetes/object.ts';
import { misspelt, type ReloadAnswer } from '../kubernetes/reloader.ts';
import { at, entries, text } from '../yaml/node.ts';
import type { Repair } from './repair.ts';

const PREFIX = 'reloader.stakater.com';

/** What keeps Reloader from a restart, and what to write so that it does not. */
export interface ReloaderAdvice {
  readonly because: string;
  readonly fix: string;
  readonly repair?: Repair;
  /** Somebody wrote that the workload is not to be restarted. */
  readonly isOptOut: boolean;
}

/** Some object of the unit speaks to Reloader, so it runs in the cluster. */
export function usesReloader(objects: readonly KubeObject[]): boolean {
  return objects.some(({ root }) =>
    [...entries(at(root, 'metadata', 'annotations'))].some(([key]) => key.includes(`${PREFIX}/`)),
  );
}

/** Advice for a workload that Reloader does not restart when the ConfigMap or Secret changes. */
export function reloaderAdvice(
  workload: KubeObject,
  config: KubeObject,
  answer: ReloadAnswer,
  isInUse: boolean,
): ReloaderAdvice {
  const label = idLabel(workload.id);
  if (!isInUse) {
    const namespace = workload.id.namespace === '' ? '' : ` -n ${workload.id.namespace}`;
    const restart = `kubectl${namespace} rollout restart ${workload.id.kind.toLowerCase()}/${workload.id.name}`;
    const fix = `Restart it when the sync is done, with \`${restart}\`, or use a generator, whose name changes with its content.`;
    return { because: 'nothing restarts its pods', fix, isOptOut: false };
  }
  const key = String(answer.at.at(-1));
  const value = text(workload.root, ...answer.at);
  const ignored = annotation(config, `${PREFIX}/ignore`) === 'true';
  const isOptOut = ignored || key.includes('.exclude.') || (key.endsWith('/auto') && value === 'false');
  if (isOptOut) {
    const fix = `Restart ${label} by hand when it suits, or take the annotation away.`;
    return { because: answer.because, fix, isOptOut };
  }
  return { because: answer.because, ...annotationFix(workload, config, key, value), isOptOut };
}

function annotationFix(
  workload: KubeObject,
  config: KubeObject,
  key: string,
  value: string | undefined,
): Pick<ReloaderAdvice, 'fix' | 'repair'> {
  const label = idLabel(workload.id);
  const typo = misspelt(workload).find(annotated => annotated.key === key);
  if (typo?.instead !== undefined) return { fix: `Write ${typo.instead} for the annotation ${key} of ${label}.` };
  if (typo === undefined && key.endsWith('/reload') && value !== undefined) {
    const names = `${value},${config.id.name}`;
    return { fix: `Set the annotation ${key}: "${names}" on ${label}.`, repair: { kind: 'set', value: names } };
  }
  const auto = { key: `${PREFIX}/auto`, value: 'true' };
  return { fix: `Set the annotation ${auto.key}: "true" on ${label}.`, repair: { kind: 'annotate', ...auto } };
}
