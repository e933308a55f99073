import { type Modified, sideOf, startsWith } from '../../change/aspect.ts';
import type { FieldChange, ObjectChange, UnitChange } from '../../change/change.ts';
import { isHashMove, withoutHash } from '../../kubernetes/affixes.ts';
import { consumed } from '../../kubernetes/consumed.ts';
import { idKey, idLabel, type KubeObject } from '../../kubernetes/object.ts';
import { covers, type ReloaderOptions, reloads } from '../../kubernetes/reloader.ts';
import { rollout } from '../../kubernetes/rollout.ts';
import { sameNamespace } from '../../kubernetes/scope.ts';
import { containers, podTemplate } from '../../kubernetes/workload.ts';
import { changedConfigs, keysRead } from '../../rule/changed-config.ts';
import { type Path, scalar } from '../../yaml/node.ts';
import { list } from '../line.ts';
import { numberOf, type Pace, paceOf, scheduleOf } from './pace.ts';

/** What happens to the pods of one workload. */
export interface Roll {
  readonly workload: KubeObject;
  /** `Deployment app-web`. */
  readonly label: string;
  /** `template`: replaced; `reloader`: restarted by Reloader; `stays`: reads what changed and goes on with the old. */
  readonly cause: 'new' | 'template' | 'reloader' | 'stays' | 'next-run' | 'at-once' | 'removed';
  /** Why, where `how` does not say it: `image of php-fpm`, `reloader.stakater.com/auto is "true"`. */
  readonly because: string | undefined;
  /** The label of the ConfigMap or Secret that it follows from. */
  readonly about?: string | undefined;
  /** One line: how many pods, how fast, what holds it back. */
  readonly how: string;
  /** Undefined where no pod is replaced. */
  readonly pace: Pace | undefined;
  /** New pods come from it, so it can be watched. */
  readonly watch: boolean;
}

/** Which workloads of a unit start, stop, roll or are restarted, in the order of the objects. */
export function rollsOf(change: UnitChange, options: ReloaderOptions = {}): Roll[] {
  const objects = change.after?.objects ?? [];
  const rolls = new Map<string, Roll>();
  for (const object of change.changes) {
    const roll = rollOf(object, objects);
    if (roll !== undefined) rolls.set(idKey(roll.workload.id), roll);
  }
  for (const roll of readersOf(change, objects, options)) {
    const key = idKey(roll.workload.id);
    const known = rolls.get(key);
    if (known === undefined) rolls.set(key, roll);
    else if (known.cause === 'template' && roll.cause === 'reloader') rolls.set(key, rollsTwice(known, roll));
  }
  return [...rolls.values()];
}

function rollOf(change: ObjectChange, objects: readonly KubeObject[]): Roll | undefined {
  if (change.kind === 'removed') {
    const stops = {
      cause: 'removed',
      because: 'it is no longer in the manifests',
      how: 'stops and is removed',
    } as const;
    return podTemplate(change.before) && told(change.before, { ...stops, pace: undefined, watch: false });
  }
  const { after } = change;
  const template = podTemplate(after);
  if (template === undefined) return undefined;
  const pace = paceOf(after, objects);
  if (change.kind === 'added') {
    return told(after, { cause: 'new', because: undefined, how: starting(after, pace), pace, watch: true });
  }
  const fields = change.fields.filter(({ path }) => startsWith(path, template.path));
  if (fields.length === 0) return undefined;
  const cause = after.id.kind === 'CronJob' ? 'next-run' : 'template';
  return told(after, { cause, because: causesOf(change, fields, template.path), how: pace.line, pace, watch: true });
}

/** Workloads that read what changed and are not changed themselves. */
function* readersOf(change: UnitChange, objects: readonly KubeObject[], options: ReloaderOptions): Generator<Roll> {
  for (const changed of changedConfigs(change)) {
    const { config } = changed;
    for (const workload of objects) {
      const reads = consumed(workload).filter(reference => keysRead(reference, changed).length > 0);
      if (reads.length === 0 || !sameNamespace(workload, config)) continue;
      const isRefreshed = reads.every(({ how }) => how === 'volume' || how === 'projected');
      yield reader(workload, config, { isRefreshed, objects, options });
    }
  }
}

interface Reading {
  /** The pods read it as files, which follow without a restart. */
  readonly isRefreshed: boolean;
  readonly objects: readonly KubeObject[];
  readonly options: ReloaderOptions;
}

function reader(workload: KubeObject, config: KubeObject, { isRefreshed, objects, options }: Reading): Roll {
  const label = idLabel(config.id);
  if (workload.id.kind === 'CronJob' || workload.id.kind === 'Job') return ofTask(workload, config, options);
  const answer = reloads(workload, config, options);
  const { because } = answer;
  if (answer.state === 'yes') {
    const pace = paceOf(workload, objects);
    const how = `restarted by Reloader for ${label}: ${pace.line}`;
    return told(workload, { cause: 'reloader', because, how, pace, watch: true }, label);
  }
  if (rollout(workload) === undefined) {
    const how = `reads ${label} from its next run`;
    return told(workload, { cause: 'next-run', because: undefined, how, pace: undefined, watch: false }, label);
  }
  const keeps = isRefreshed
    ? 'its files follow within about a minute, and nothing tells the program'
    : 'it keeps the old values until its pods are replaced';
  const how = `not restarted for ${label}: ${because.replaceAll(label, 'it')}; ${keeps}`;
  return told(workload, { cause: 'stays', because: undefined, how, pace: undefined, watch: false }, label);
}

/** Reloader runs a CronJob and makes a Job anew where an annotation covers what changed. */
function ofTask(workload: KubeObject, config: KubeObject, options: ReloaderOptions): Roll {
  const label = idLabel(config.id);
  const isCron = workload.id.kind === 'CronJob';
  const { state, because } = covers(workload, config, options);
  if (state === 'yes') {
    const how = `${isCron ? 'run at once, out of its schedule,' : 'deleted and made anew'} by Reloader for ${label}`;
    return told(workload, { cause: 'at-once', because, how, pace: undefined, watch: true }, label);
  }
  const how = isCron ? `reads ${label} from its next run (${scheduleOf(workload)})` : `has read ${label} when it ran`;
  return told(workload, { cause: 'next-run', because: undefined, how, pace: undefined, watch: false }, label);
}

/** Argo CD applies the configuration before the workload, and Reloader patches it beside that: up to two rolls. */
function rollsTwice(roll: Roll, again: Roll): Roll {
  return { ...roll, how: `${roll.how}; Reloader may replace them a second time, since ${again.because}` };
}

function told(workload: KubeObject, roll: Omit<Roll, 'workload' | 'label' | 'about'>, about?: string): Roll {
  return { workload, label: idLabel(workload.id), about, ...roll };
}

function starting(workload: KubeObject, pace: Pace): string {
  const { kind } = workload.id;
  if (kind === 'CronJob') return `new, runs at ${scheduleOf(workload)}`;
  if (kind === 'Job') return 'new, runs once';
  return pace.pods === undefined && kind !== 'DaemonSet' ? 'new' : `new, ${numberOf(pace)}`;
}

/** What of the template changes: `image of php-fpm, environment of php-fpm`. */
function causesOf(change: Modified, fields: readonly FieldChange[], template: Path): string {
  const causes = fields.map(field => causeOf(sideOf(field, change), field, template));
  return list([...new Set(causes)], 4);
}

function causeOf(workload: KubeObject, { path, before, after }: FieldChange, template: Path): string {
  const [from, to] = [scalar(before), scalar(after)];
  if (typeof from === 'string' && typeof to === 'string' && isHashMove(from, to)) {
    return `the hash in the name of ${withoutHash(to)}`;
  }
  const container = containers(workload).find(({ path: own }) => startsWith(path, own));
  if (container === undefined) {
    const steps = path.slice(template.length).filter(step => typeof step === 'string' && step !== 'spec');
    return steps.slice(0, 3).join('.') || 'the template';
  }
  const field = String(path[container.path.length] ?? 'container');
  const part = field === 'env' || field === 'envFrom' ? 'environment' : field;
  return `${part} of ${container.name}`;
}
