import type { ObjectChange } from '../../change/change.ts';
import type { KubeObject } from '../../kubernetes/object.ts';
import { list } from '../line.ts';
import type { Pace } from './pace.ts';

/** What a step is; the order of the list is the order in time within one wave. */
export const STEP_KINDS = [
  'stop',
  'sync',
  'pre-hook',
  'prune',
  'create',
  'update',
  'database',
  'roll',
  'restart',
  'at-once',
  'stays',
  'prune-last',
  'post-hook',
  'next-run',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One thing that happens in the cluster, in one unit. */
export interface UnitStep {
  readonly kind: StepKind;
  /** The wave of the sync; undefined where all that changes in the unit is in the default one. */
  readonly wave: number | undefined;
  /** Labels of what it happens to, such as `Deployment app-web`; none for the unit as a whole. */
  readonly objects: readonly string[];
  /** What happens, in a clause. */
  readonly text: string;
  /** The label in the text of what it follows from, such as that of a ConfigMap. */
  readonly about: string | undefined;
  /** Why, where the text does not say it. */
  readonly because: string | undefined;
  readonly pace: Pace | undefined;
}

/** A step with what it has of its own. */
export function step(kind: StepKind, objects: readonly string[], text: string, own: Partial<UnitStep> = {}): UnitStep {
  return { kind, wave: undefined, objects, text, about: undefined, because: undefined, pace: undefined, ...own };
}

/** The wave of an object; undefined for each where all that changes in the unit is in the default one. */
export type Waves = (object: KubeObject) => number | undefined;

/** A generated ConfigMap or Secret whose name follows its content is another object for the cluster. */
export function isRenamed(change: ObjectChange): boolean {
  return change.kind === 'modified' && change.before.id.name !== change.after.id.name;
}

/** Objects that are told one by one. */
const MOST = 6;

/** `ConfigMap a, b, Service c`: a kind once for what follows it, and a name once. */
export function listed(labels: readonly string[]): string {
  const sorted = [...new Set(labels)].sort();
  const kinds = sorted.map(label => label.slice(0, label.indexOf(' ')));
  const short = sorted.map((label, i) =>
    i > 0 && kinds[i] === kinds[i - 1] ? label.slice((kinds[i] ?? '').length + 1) : label,
  );
  return list(short, MOST);
}
