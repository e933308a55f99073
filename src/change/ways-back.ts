import { replicaRange } from '../kubernetes/autoscaler.ts';
import { rollout, waitsForBrokenPod } from '../kubernetes/rollout.ts';
import { serverGoesBack } from '../kubernetes/upgrade-path.ts';
import { type Modified, templateField } from './aspect.ts';
import type { FieldChange, UnitChange } from './change.ts';
import type { FACTS, Fact, FactKind } from './fact.ts';
import { unusualStep } from './upgrade-steps.ts';

/** What a revert of the commit leaves as it is. */
interface Left {
  /** What stays or is lost, one line. */
  readonly what: string;
  /** It must not be taken back at all, or only with a backup, so a deploy beside it cannot be reverted alone. */
  readonly isOneWay: boolean;
}

type Named = { [K in FactKind]: `${K} ${(typeof FACTS)[K][number]}` }[FactKind];

/** What stays, by kind and move of the fact (domain facts: each engine's own upgrade notes). */
const LEFT: ReadonlyMap<string, (fact: Fact) => string | undefined> = new Map<
  Named,
  (fact: Fact) => string | undefined
>([
  ['image major', () => 'a database migration that the new version ran is not undone'],
  ['database series', afterSeries],
  [
    'database series-downgrade',
    ({ engine }) =>
      `${engine ?? 'the database'} may not have started on the newer data at all: check it before anything else`,
  ],
  ['database version', fact => (isRefused(fact) ? afterSeries(fact) : dataStays(fact))],
  ['database unknown-version', ({ engine }) => `data that the new ${engine ?? 'database'} wrote stays as it is`],
  [
    'state changed',
    // kubernetes.io/docs, Expanding Persistent Volumes Claims: there is no way to a smaller one.
    ({ subject, to }) =>
      /\bstorage(?:\.size)?$/.test(subject) && to !== undefined
        ? `the volume of ${subject.split(':', 1)[0]} stays at ${to}: it does not shrink`
        : undefined,
  ],
  ['state added', ({ subject }) => `${subject} goes again, with whatever it holds by then`],
  [
    'state removed',
    // The subject says itself what goes with the object, where that is known.
    ({ subject }) =>
      subject.includes(': ')
        ? subject
        : `${subject}: what it held is gone with it, unless its volume is retained or backed up`,
  ],
  [
    'application removed-with-objects',
    ({ subject }) => `the data that goes with ${subject.split(':', 1)[0]} is gone; only manifests come back`,
  ],
  [
    'immutable changed',
    ({ subject }) =>
      `${subject} cannot change in place: where the object was made anew, going back makes it anew again`,
  ],
  ['kubernetes minor', () => CONTROL_PLANE],
  ['kubernetes skip', () => CONTROL_PLANE],
  ['component major', ({ subject }) => `${subject} may have migrated what it keeps: see its own notes on downgrades`],
  ['chart major', ({ subject }) => `${subject} may have migrated what it keeps: see its own notes on downgrades`],
  ['client removed', ({ subject }) => `the data of ${subject} is gone where its volumes and databases went`],
  ['hostname removed', ({ subject }) => `resolvers keep the answer for ${subject} as long as its record said`],
  ['image floating', ({ subject }) => `${subject} comes back by a tag that moves, so maybe as another image`],
]);

const CONTROL_PLANE = 'a control plane cannot go back to an older minor: nodes and API stay as they are';

/** What a revert of the fact leaves; undefined where nothing is known to stay. */
export function leftByRevert(fact: Fact): Left | undefined {
  if (isStepOfNoReturn(fact)) {
    return { what: `${fact.subject} does not go back by a revert: its data is converted`, isOneWay: true };
  }
  const what = LEFT.get(`${fact.kind} ${fact.move}`)?.(fact);
  return what === undefined ? undefined : { what, isOneWay: isOneWay(fact) };
}

function isOneWay(fact: Fact): boolean {
  const { kind, move } = fact;
  if (kind === 'kubernetes') return move === 'minor' || move === 'skip';
  if (kind === 'database') return isRefused(fact) || (move === 'series' && olderStarts(fact) !== 'possible');
  return kind === 'state' && move === 'removed';
}

/** What the version before would do with the data files of the one after. */
function olderStarts({ engine = '', from, to }: Fact): ReturnType<typeof serverGoesBack> {
  return serverGoesBack(engine, to, from);
}

function isRefused(fact: Fact): boolean {
  return (fact.move === 'series' || fact.move === 'version') && olderStarts(fact) === 'refused';
}

function afterSeries(fact: Fact): string {
  const { engine = 'the database', from = 'the version before', to = 'the new one' } = fact;
  const answer = olderStarts(fact);
  if (answer === 'possible') return `${dataStays(fact)}; ${from} reads it as far as it knows what is in it`;
  const starts = answer === 'refused' ? 'does not start' : 'may not start';
  return `${engine} ${from} ${starts} on data that ${to} wrote: restore a backup`;
}

function dataStays({ engine = 'the database', to = '' }: Fact): string {
  return `data that ${engine} ${to} wrote stays as it is`;
}

/** An upgrade of what never goes back: its reverse is a step that upstream does not take. */
function isStepOfNoReturn({ from, to, ...fact }: Fact): boolean {
  return fact.kind !== 'kubernetes' && unusualStep({ ...fact, from: to, to: from })?.kind === 'back';
}

/**
 * The StatefulSets that the commit makes replace their pods in order: where a new pod never gets ready, a revert waits
 * behind it. Labels and annotations of a template break no pod.
 */
export function rolledInOrder({ after, changes }: UnitChange): Modified[] {
  return changes.filter(
    (change): change is Modified =>
      change.kind === 'modified' &&
      waitsForBrokenPod(change.after) &&
      (rollout(change.after)?.partition ?? 0) < replicaRange(change.after, after?.objects ?? []).max &&
      change.fields.some(field => isOfPods(field, change)),
  );
}

function isOfPods(field: FieldChange, change: Modified): boolean {
  const place = templateField(field, change);
  return place !== undefined && (place.container !== undefined || place.rest[0] === 'spec');
}
