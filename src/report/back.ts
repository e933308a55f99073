import type { Fact } from '../change/fact.ts';
import type { Result } from './result.ts';

/** How to go back, and what going back in git does not undo. */
export interface WayBack {
  readonly command: string;
  /** One line each. */
  readonly stays: readonly string[];
}

type Told = (fact: Fact) => string;

/** What a revert leaves as it is, by kind and move of the fact (domain facts: each engine's own upgrade notes). */
export const KEPT: ReadonlyMap<string, Told> = new Map<string, Told>([
  ['image major', () => 'a database migration that the new version ran is not undone'],
  [
    'database series',
    ({ engine, to }) =>
      `${engine ?? 'the database'} does not start an older series on data that ${to ?? 'the new one'} wrote: restore a backup`,
  ],
  [
    'database series-downgrade',
    ({ engine }) =>
      `${engine ?? 'the database'} may not have started on the newer data at all: check it before anything else`,
  ],
  ['database version', ({ engine, to }) => `data that ${engine ?? 'the database'} ${to ?? ''} wrote stays as it is`],
  ['database unknown-version', ({ engine }) => `data that the new ${engine ?? 'database'} wrote stays as it is`],
  [
    'state removed',
    ({ subject }) =>
      `what ${subject.split(': ', 1)[0]} held is gone with it, unless its volume is retained or backed up`,
  ],
  ['object removed', ({ subject }) => `${subject} comes back as its manifest has it, without what it held`],
  [
    'application removed-with-objects',
    ({ subject }) => `what Application ${subject} held is deleted; only its manifests come back`,
  ],
  [
    'immutable changed',
    ({ subject }) =>
      `${subject} cannot change in place: where the object was made anew, going back makes it anew again`,
  ],
  ['kubernetes minor', () => 'a control plane cannot go back to an older minor: nodes and API stay as they are'],
  ['kubernetes skip', () => 'a control plane cannot go back to an older minor: nodes and API stay as they are'],
  ['component major', ({ subject }) => `${subject} may have migrated what it keeps: see its own notes on downgrades`],
  ['chart major', ({ subject }) => `${subject} may have migrated what it keeps: see its own notes on downgrades`],
  ['client removed', ({ subject }) => `the data of ${subject} is gone where its volumes and databases went`],
  ['hostname removed', ({ subject }) => `resolvers keep the answer for ${subject} as long as its record said`],
]);

/** The command that takes the change back, and what it cannot take back. */
export function wayBack(result: Result): WayBack {
  const facts = result.units.flatMap(unit => unit.facts);
  const stays = facts.flatMap(fact => KEPT.get(`${fact.kind} ${fact.move}`)?.(fact) ?? []);
  return { command: commandOf(result), stays: [...new Set(stays)] };
}

function commandOf({ subject }: Result): string {
  const { kind, commit, base, parents } = subject;
  if (commit === undefined || kind === 'tree') return 'git revert HEAD && git push     once it is committed';
  const short = commit.slice(0, 8);
  if (kind === 'range' && base !== undefined) return `git revert --no-edit ${base.slice(0, 8)}..${short} && git push`;
  return `git revert ${parents.length > 1 ? '-m 1 ' : ''}${short} && git push`;
}
