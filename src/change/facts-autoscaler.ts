import { type Autoscaler, autoscaler, isPauseKey } from '../kubernetes/autoscaler.ts';
import { idLabel } from '../kubernetes/object.ts';
import { at, entries, type Path, text } from '../yaml/node.ts';
import { type Aspect, calledBy, dotted, type Modified, sideOf, startsWith } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { printableNode } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

/** How soon and how fast, not how many: keda.sh/docs, ScaledObject, and `behavior` of autoscaling/v2. */
const TIMING = new Set(['pollingInterval', 'cooldownPeriod', 'initialCooldownPeriod', 'behavior', 'advanced']);

/** HorizontalPodAutoscalers and KEDA's ScaledObjects and ScaledJobs. */
export const autoscaling: Aspect = {
  claims(field, { after }) {
    const { path } = field;
    if (autoscaler(after) === undefined) return false;
    return path[0] === 'spec' || pausedKey(field) !== undefined;
  },
  state(fields, change) {
    const [old, now] = [autoscaler(change.before), autoscaler(change.after)];
    if (old === undefined || now === undefined) return [];
    return fields.map(field => describe(field, old, now, change));
  },
};

function describe(field: FieldChange, old: Autoscaler, now: Autoscaler, change: Modified): Statement {
  const place = placeOf(field.before, field.after, change.after.root);
  const name = String(field.path.at(-1));
  const called = calledBy(field, change);
  const plain = {
    subject: dotted(field.path.slice(1)),
    from: printableNode(called, field.before),
    to: printableNode(called, field.after),
    ...place,
  };
  const limits = startsWith(field.path, now.minPath)
    ? [old.min, now.min]
    : startsWith(field.path, now.maxPath)
      ? [old.max, now.max]
      : undefined;
  if (limits !== undefined) {
    const [from, to] = limits;
    // A default that is written down changes nothing.
    if (from === to) {
      return { ...plain, kind: 'object', move: 'modified', subject: `${idLabel(change.after.id)}: ${plain.subject}` };
    }
    return { ...plain, kind: 'autoscaler', move: 'limits', subject: name, from: `${from}`, to: `${to}` };
  }
  const threshold = [...now.thresholds, ...old.thresholds].find(({ path }) => samePath(path, field.path));
  if (threshold !== undefined && !isCron(field, change)) {
    return { ...plain, kind: 'autoscaler', move: 'threshold', subject: threshold.subject };
  }
  if (TIMING.has(String(field.path[1]))) return { ...plain, kind: 'autoscaler', move: 'threshold' };
  const paused = pausedKey(field);
  return { ...plain, kind: 'autoscaler', move: 'other', subject: paused ?? plain.subject };
}

/** A cron trigger sets the number of pods by the clock: its numbers are no thresholds. */
function isCron(field: FieldChange, change: Modified): boolean {
  const [spec, list, index] = field.path;
  return spec === 'spec' && list === 'triggers' && typeof index === 'number'
    ? text(at(sideOf(field, change).root, 'spec', 'triggers', index), 'type') === 'cron'
    : false;
}

/** The annotation by which KEDA is told to stop, alone or with all that are added or removed. */
function pausedKey({ path, before, after }: FieldChange): string | undefined {
  if (path[0] !== 'metadata' || path[1] !== 'annotations') return undefined;
  const keys = path.length > 2 ? [String(path[2])] : [...entries(before), ...entries(after)].map(([key]) => key);
  return keys.find(isPauseKey);
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && startsWith(a, b);
}
