import { leftByRevert, rolledInOrder } from '../../change/ways-back.ts';
import { idLabel } from '../../kubernetes/object.ts';
import { rollout } from '../../kubernetes/rollout.ts';
import { list } from '../line.ts';
import { tailOf } from '../place.ts';
import type { Result, Subject } from '../result.ts';
import { listed } from './step.ts';
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
  const left = facts.flatMap(fact => leftByRevert(fact)?.what ?? []);
  const stays = [...gathered(left), ...leftBehind(result.units)];
  const unseen =
    facts.some(({ kind }) => kind === 'remote' || kind === 'unknown' || kind === 'chart') ||
    result.incomplete.length > 0;
  return {
    ...commandsOf(result),
    restores: stays.length > 0 ? 'partly' : unseen ? 'unknown' : 'yes',
    stays,
    notes: [...newerNotes(result), ...stuckNotes(result), ...argoNotes(touched)],
  };
}

/** What is said of several objects alike, once. */
function gathered(lines: readonly string[]): string[] {
  const about = new Map<string, string[]>();
  for (const line of new Set(lines)) {
    const [, object = '', told = line] = /^([A-Z]\w+ [^\s:]+): (.*)$/.exec(line) ?? [];
    about.set(told, [...(about.get(told) ?? []), object]);
  }
  return [...about].map(([told, objects]) => (objects[0] === '' ? told : `${listed(objects)}: ${told}`));
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
function leftBehind(units: Result['units']): string[] {
  const unapplied = new Set<string>();
  const applications = new Set<string>();
  const kept = new Map<string, string[]>();
  for (const { unit, before, after, changes } of units) {
    const { application } = unit;
    const added = changes.flatMap(change => (change.kind === 'added' ? idLabel(change.after.id) : []));
    if (added.length === 0) continue;
    if (application === undefined) for (const label of added) unapplied.add(label);
    else if (before === undefined && after !== undefined) {
      if (!application.cascades) applications.add(application.name);
    } else if (!application.prune) {
      const labels = listed(added);
      kept.set(labels, [...(kept.get(labels) ?? []), application.name]);
    }
  }
  return [
    ...(unapplied.size === 0 ? [] : [`${listed([...unapplied])}: deleted only if whatever applies it also prunes`]),
    ...(applications.size === 0
      ? []
      : [`kept: what Application ${list([...applications], 3)} applied, without a finalizer that deletes it`]),
    ...[...kept].map(([labels, names]) => `${labels}: kept in the cluster, since ${list(names, 3)} prunes nothing`),
  ];
}

/** Newer commits that touched the same files make the revert a merge by hand. */
function newerNotes({ newer, files }: Result): string[] {
  if (newer === undefined || newer.commits.length === 0) return [];
  const named = newer.commits.map(({ oid, subject }) => `${oid.slice(0, 8)} (${cutTo(subject, 50)})`);
  const deploys = newer.files.filter(file => files.analysed.includes(file));
  const ordered = [...deploys, ...newer.files.filter(file => !deploys.includes(file))].map(tailOf);
  const rest = ordered.length === 1 ? '' : ` and ${ordered.length - 1} more of its files`;
  return [
    `newer commits changed ${ordered[0]}${rest}, so the revert may conflict or take back only a part: ${list(named, 3)}`,
  ];
}

function cutTo(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}...`;
}

function stuckNotes({ units }: Result): string[] {
  const waiting = units.flatMap(change => rolledInOrder(change).map(({ after }) => idLabel(after.id)));
  if (waiting.length === 0) return [];
  return [
    `where a new pod of ${listed(waiting)} never becomes ready, delete it by hand after the revert: OrderedReady waits for it`,
  ];
}

function argoNotes(touched: readonly Touched[]): string[] {
  const rolling = touched.filter(({ rolls }) =>
    rolls.some(({ cause, workload }) => cause === 'template' && rollout(workload) !== undefined),
  );
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
