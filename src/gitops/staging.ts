import { GitError } from '../git/error.ts';
import type { Commit } from '../git/parse-object.ts';
import type { Repository } from '../git/repository.ts';
import { compareTags } from '../image/version.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import type { RepositoryMap } from './map.ts';
import { isSame, type Moving, type Named, type Sibling, siblingsOf } from './staging-siblings.ts';
import type { Unit } from './unit.ts';

/** A commit and its date, ISO 8601 in UTC. */
interface Moment {
  readonly commit: string;
  readonly date: string;
}

/** How a version was on staging. */
export interface Stay {
  /** Name of the unit on staging. */
  readonly sibling: string;
  /** Undefined where the history searched does not reach it. */
  readonly since: Moment | undefined;
  /** Where staging moved to another version. */
  readonly until: Moment | undefined;
  /** Staging moved back from it, so it is likely that it did not work. */
  readonly takenBack: boolean;
  /** How long it has been there; undefined where its start, or the moment that counts as now, is not known. */
  readonly minutes: number | undefined;
}

/** Evidence that a version ran on staging before. */
export type StagingEvidence =
  | { readonly state: 'met'; readonly stay: Stay }
  | {
      readonly state: 'unmet';
      readonly sibling: string;
      /** What is there before the change. */
      readonly tags: readonly string[];
      /** Undefined where it never was there; else it was taken back, or has not been there for long enough. */
      readonly stay: Stay | undefined;
    }
  | { readonly state: 'unknown'; readonly reason: string };

export interface StagingHistory {
  /** `name` is what moves: an image's repository as rendered, a chart, a component. */
  of(unit: string, name: string, version: string): StagingEvidence;
}

/** Whether a version that moves into a unit was on staging before. */
export interface StagingQuestion extends Moving {
  readonly unit: Unit;
}

export interface StagingSources {
  /** The side before the change: a version that the same change brings to staging has not run there. */
  readonly before: { readonly map: RepositoryMap; readonly renderer: Renderer };
  readonly repository: Pick<Repository, 'commits' | 'history' | 'tree'>;
  /** The commit before the change; undefined for HEAD. */
  readonly start: string | undefined;
  /** The moment up to which a stay counts; undefined where nothing tells. */
  readonly now: Date | undefined;
  /** Minutes that a version has to be there. */
  readonly soak: number;
}

/** Looks up the answers to all questions; where git cannot search its history, the answer is unknown. */
export async function gatherStaging(
  questions: readonly StagingQuestion[],
  sources: StagingSources,
): Promise<StagingHistory> {
  const answers = new Map<string, StagingEvidence>();
  const stays = new Map<string, Promise<Stay | undefined>>();
  // Units of one application in several clusters ask the same of the same sibling.
  const stayAt: StayAt = (sighting, question) => {
    const key = keyOf(sighting.sibling.name, question.name, question.version);
    const stay = stays.get(key) ?? stayOf(sighting, question, sources);
    stays.set(key, stay);
    return stay;
  };
  for (const question of questions) {
    const key = keyOf(question.unit.key, question.name, question.version);
    if (!answers.has(key)) answers.set(key, await answer(question, sources, stayAt));
  }
  return { of: (unit, name, version) => answers.get(keyOf(unit, name, version)) ?? NOT_ASKED };
}

const NOT_ASKED: StagingEvidence = { state: 'unknown', reason: 'staging was not looked at' };

type StayAt = (sighting: Sighting, question: StagingQuestion) => Promise<Stay | undefined>;

function keyOf(unit: string, name: string, version: string): string {
  return JSON.stringify([unit, name, version]);
}

/** Where a sibling has what moves, or something of the same name from another repository. */
interface Sighting {
  readonly sibling: Sibling;
  readonly found: readonly Named[];
  /** Of the very thing. */
  readonly versions: readonly string[];
}

/** The reason where there is nothing that could have been on staging. */
export const NO_STAGING = 'no staging unit belongs to it';

async function answer(question: StagingQuestion, sources: StagingSources, stayAt: StayAt): Promise<StagingEvidence> {
  const { map, renderer } = sources.before;
  const siblings = siblingsOf(question.unit, question, map);
  if (siblings.length === 0) return { state: 'unknown', reason: NO_STAGING };
  const sightings: Sighting[] = [];
  for (const sibling of siblings) {
    const found = await sibling.at(map.tree, renderer);
    if (found.length > 0) sightings.push({ sibling, found, versions: versionsOf(question, found) });
  }
  if (sightings.length === 0) {
    const names = siblings.map(({ name }) => name).join(', ');
    return { state: 'unknown', reason: `${names} has no ${question.kind} ${question.name}` };
  }
  let lost: string | undefined;
  const seen: StagingEvidence[] = [];
  for (const sighting of sightings) {
    const { sibling, versions } = sighting;
    const found = await stayAt(sighting, question).catch(reasonOf);
    if (typeof found === 'string') lost ??= `the history of ${sibling.name} cannot be searched: ${found}`;
    const isThere = versions.includes(question.version);
    const known = typeof found === 'string' ? undefined : found;
    const stay = known ?? (isThere ? beginningUnknown(sibling) : undefined);
    if (stay !== undefined) seen.push(judged(stay, versions, sources.soak));
  }
  if (seen.length > 0) return strongest(seen);
  if (lost !== undefined) return { state: 'unknown', reason: lost };
  return notSeen(sightings, question);
}

/** What one staging took back is not proven by another one; else one that has run it for long enough is proof. */
function strongest(seen: readonly StagingEvidence[]): StagingEvidence {
  const takenBack = seen.find(one => one.state === 'unmet' && one.stay?.takenBack === true);
  const [first = NOT_ASKED] = seen;
  return takenBack ?? seen.find(({ state }) => state === 'met') ?? first;
}

function beginningUnknown({ name }: Sibling): Stay {
  return { sibling: name, since: undefined, until: undefined, takenBack: false, minutes: undefined };
}

/** Where the start is not known, the stay may be as long as is asked. */
function judged(stay: Stay, tags: readonly string[], soak: number): StagingEvidence {
  const { sibling, takenBack, minutes } = stay;
  if (takenBack || (minutes !== undefined && minutes < soak)) return { state: 'unmet', sibling, tags, stay };
  if (minutes === undefined && soak > 0) {
    return { state: 'unknown', reason: `since when ${sibling} has it is not known` };
  }
  return { state: 'met', stay };
}

/** Staging with a registry of its own may have run the same program, which nothing here tells. */
function notSeen(sightings: readonly Sighting[], { kind, name }: StagingQuestion): StagingEvidence {
  const first = sightings.find(({ found }) => found.some(one => isSame({ kind, name, version: '' }, one)));
  if (first === undefined) {
    const others = sightings.map(
      ({ sibling, found }) => `${sibling.name} runs ${sorted(found.map(one => one.name)).join(', ')}`,
    );
    return { state: 'unknown', reason: `${others.join(', ')}, not ${name}` };
  }
  return { state: 'unmet', sibling: first.sibling.name, tags: first.versions, stay: undefined };
}

function reasonOf(error: unknown): string {
  if (error instanceof GitError) return error.message;
  throw error;
}

/** An image that moves to a digest is compared by digests, whatever the tags beside them. */
function versionsOf(moving: Moving, found: readonly Named[]): string[] {
  const isDigest = moving.kind === 'image' && moving.version.includes(':');
  const versions = found.filter(one => isSame(moving, one)).map(one => (isDigest && one.digest) || one.version);
  return sorted(versions.flatMap(version => version ?? []));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/**
 * When the sibling had the version last: the commits that changed its occurrences in the files, newest first. The text
 * alone proves nothing, since it may be another image's or a part of a longer one, so each is looked at as applied.
 */
async function stayOf(
  { sibling, found, versions }: Sighting,
  question: StagingQuestion,
  { repository, start, now }: StagingSources,
): Promise<Stay | undefined> {
  const { version } = question;
  const query = { paths: sorted(found.map(({ file }) => file)), contains: version };
  const commits = await repository.history(start === undefined ? query : { ...query, before: start });
  let [since, left]: (Commit | undefined)[] = [];
  let after = versions;
  for (const commit of commits) {
    const there = versionsOf(question, await sibling.at(repository.tree(commit)));
    if (there.includes(version)) {
      since = commit;
    } else if (since !== undefined) {
      break;
    } else {
      left = commit;
      after = there;
    }
  }
  if (since === undefined) return undefined;
  const gone = versions.includes(version) ? undefined : left;
  const end = gone === undefined ? now : new Date(gone.date);
  return {
    sibling: sibling.name,
    since: momentOf(since),
    until: gone && momentOf(gone),
    takenBack: gone !== undefined && (isOlder(version, after) || (await reverts(gone, since, repository))),
    minutes: end === undefined ? undefined : Math.max(0, Math.floor((end.getTime() - Date.parse(since.date)) / 60_000)),
  };
}

function momentOf({ oid, date }: Commit): Moment {
  return { commit: oid, date };
}

/** Staging went to versions that are all older. */
function isOlder(version: string, after: readonly string[]): boolean {
  return after.length > 0 && after.every(now => compareTags(version, now).move === 'downgrade');
}

/** `git revert` says what it takes back; either may be a merge, which brings the commits that say or hold it. */
async function reverts(gone: Commit, since: Commit, repository: StagingSources['repository']): Promise<boolean> {
  const [undoing, undone] = await Promise.all([gone, since].map(commit => broughtBy(commit, repository)));
  return undoing?.some(({ body }) => undone?.some(({ oid }) => body.includes(`This reverts commit ${oid}`))) === true;
}

async function broughtBy(commit: Commit, repository: StagingSources['repository']): Promise<readonly Commit[]> {
  const [parent, ...others] = commit.parents;
  return parent === undefined || others.length === 0 ? [commit] : repository.commits(parent, commit.oid);
}
