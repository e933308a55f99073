import type { UnitChange } from '../../change/change.ts';
import { leftByRevert, rolledInOrder } from '../../change/ways-back.ts';
import { idLabel } from '../../kubernetes/object.ts';
import { list } from '../line.ts';
import type { Result, Subject } from '../result.ts';
import { type Touched, touchedBy } from './touched.ts';

/** How to go back, and what going back in git does not undo. */
export interface WayBack {
  /** Commands in their order. */
  readonly commands: readonly string[];
  /** When they fit, where that has to be said: `once it is committed`. */
  readonly when: string | undefined;
  /** Whether the cluster is then as it was before: nothing known stands against it, or something does. */
  readonly restores: 'yes' | 'partly' | 'unknown';
  /** What stays or is lost all the same, one line each. */
  readonly stays: readonly string[];
  /** What has to be known or done on the way, one line each. */
  readonly notes: readonly string[];
}

/** The commands that take the change back, and what they cannot take back. */
export function wayBack(result: Result, touched = touchedBy(result)): WayBack {
  const facts = result.units.flatMap(unit => unit.facts);
  const stays = [...facts.flatMap(fact => leftByRevert(fact)?.what ?? []), ...result.units.flatMap(leftBehind)];
  const unseen =
    facts.some(({ kind }) => kind === 'remote' || kind === 'unknown' || kind === 'chart') ||
    result.incomplete.length > 0;
  return {
    ...commandsOf(result),
    restores: stays.length > 0 ? 'partly' : unseen ? 'unknown' : 'yes',
    stays: [...new Set(stays)],
    notes: [...new Set([...newerNotes(result), ...result.units.flatMap(stuckNotes), ...argoNotes(touched)])],
  };
}

function commandsOf({ subject, commits }: Result): Pick<WayBack, 'commands' | 'when'> {
  const isMerged = commits.some(({ isMerge }) => isMerge);
  const revert = revertOf(subject, isMerged);
  const when = subject.commit === undefined ? 'once it is committed' : undefined;
  return { commands: [`${revert} && git push`], when };
}

/**
 * git takes the commits of a range back from the newest to the oldest. Merges need the parent that stays, and what a
 * merge brought in is taken back with it, so then only the first parents are named.
 */
function revertOf({ kind, commit, base, parents }: Subject, merges: boolean): string {
  if (commit === undefined || kind === 'tree') return 'git revert HEAD';
  const short = commit.slice(0, 8);
  if (kind !== 'range' || base === undefined) return `git revert ${parents.length > 1 ? '-m 1 ' : ''}${short}`;
  const range = `${base.slice(0, 8)}..${short}`;
  return merges ? `git revert --no-edit -m 1 $(git rev-list --first-parent ${range})` : `git revert --no-edit ${range}`;
}

/** What the commit creates and a revert cannot delete, since nothing prunes. */
function leftBehind({ unit, before, after, changes }: UnitChange): string[] {
  const { application } = unit;
  const added = changes.flatMap(change => (change.kind === 'added' ? idLabel(change.after.id) : []));
  if (added.length === 0) return [];
  const [stay, go] = added.length === 1 ? ['stays', 'goes'] : ['stay', 'go'];
  if (application === undefined)
    return [`${list(added, 3)} ${go} only if whatever applies ${added.length === 1 ? 'it' : 'them'} also prunes`];
  if (before === undefined && after !== undefined) {
    const { name, cascades } = application;
    return cascades ? [] : [`what Application ${name} applied stays: it has no finalizer that deletes it with it`];
  }
  return application.prune ? [] : [`${list(added, 3)} ${stay} in the cluster: ${application.name} does not prune`];
}

/** Newer commits that touched the same files make the revert a merge by hand. */
function newerNotes({ newer }: Result): string[] {
  const [first] = newer?.commits ?? [];
  if (newer === undefined || first === undefined) return [];
  const named = newer.commits.map(({ oid, subject }) => `${oid.slice(0, 8)} (${subject})`);
  const files = list(newer.files, 2);
  return [`newer commits changed ${files} as well, so the revert may conflict or undo a part only: ${list(named, 3)}`];
}

function stuckNotes(change: UnitChange): string[] {
  return rolledInOrder(change).map(
    ({ after }) =>
      `where a new pod of ${idLabel(after.id)} never becomes ready, delete it by hand after the revert: OrderedReady waits for it`,
  );
}

function argoNotes(touched: readonly Touched[]): string[] {
  const rolling = touched.filter(({ rolls }) => rolls.some(({ cause }) => cause === 'template'));
  const heals = rolling.some(({ unit }) => unit.application?.selfHeal);
  const automated = rolling.some(({ unit }) => unit.application?.automated);
  const byHand = touched.filter(({ unit }) => unit.application !== undefined && !unit.application.automated);
  return [
    ...(heals ? ['not kubectl rollout undo: Argo CD puts back what git says'] : []),
    ...(automated && !heals ? ['kubectl rollout undo holds only until the next sync'] : []),
    ...(byHand.length > 0
      ? [
          `then sync by hand: ${list(
            byHand.flatMap(({ unit }) => unit.application?.name ?? []),
            3,
          )}`,
        ]
      : []),
  ];
}
