import type { TrackedComponent } from '../gitops/components.ts';
import { reasonToHold } from '../gitops/holding.ts';
import { isSameVersion } from '../gitops/version-places.ts';
import { readTag } from '../image/tag.ts';
import { compareTags } from '../image/version.ts';
import type { Origin } from './origin.ts';
import type { Release } from './release.ts';
import { type Known, knownOf, type Step, stepTo } from './step.ts';

export type Class =
  /** There is nothing newer. */
  | 'current'
  /** `--apply` takes it. */
  | 'safe-auto'
  /** Taken where a person names it. */
  | 'needs-a-human'
  /** Never changed by a script. */
  | 'manual-only'
  /** There is something newer, and the list or its age holds it back. */
  | 'held'
  /** The source gave no answer. */
  | 'unknown';

/** What is proposed for a component. */
export interface Decision {
  readonly class: Class;
  /** The newest that is published and is neither a pre-release nor withdrawn; undefined where that is the current one. */
  readonly newest: Release | undefined;
  /** The newest that one step may go to. */
  readonly allowed: Release | undefined;
  /** One line each, the most important first. */
  readonly why: readonly string[];
  /** The versions on the way to the newest where it takes them one by one; empty where one step is enough. */
  readonly steps: readonly string[];
}

export interface Asked {
  readonly now: Date;
  /** A person asked for the next major of this component. */
  readonly includeMajor: boolean;
}

/** Days that a release has to be out where the entry does not say; bad ones are mostly taken back by then. */
const MINIMUM_AGE = 3;

const DAY = 24 * 60 * 60 * 1000;

/** Chooses among the releases of a component what the policy allows. */
export function decide(
  component: TrackedComponent,
  origin: Origin,
  releases: readonly Release[],
  asked: Asked,
): Decision {
  const known = knownOf(component, origin, releases);
  const steps = stepsForward(releases, known);
  const [newest] = steps;
  if (newest === undefined) return noStep(known, releases);
  const judged = steps.map(step => judge(step, component, asked));
  const choices = judged.filter(({ obstacle }) => obstacle === undefined);
  const safe = choices.find(({ step }) => step.human === undefined);
  const chosen = asked.includeMajor ? (choices[0] ?? safe) : (safe ?? choices[0]);
  const first = judged.find(({ step }) => step === newest);
  const rest =
    first === undefined || first === chosen
      ? []
      : [`${newest.release.version}: ${first.obstacle ?? newest.human ?? ''}`];
  const way = { newest: newest.release, steps: wayTo(newest, steps, known) };
  if (chosen === undefined) return { ...way, class: classHeld(newest, component), allowed: undefined, why: rest };
  const { release, human } = chosen.step;
  const base = { ...way, allowed: release };
  if (component.manualOnly) {
    return { ...base, class: 'manual-only', why: ['the list has it changed by hand only', ...rest] };
  }
  const why = [human ?? [], ageUnknown(release, component), rest].flat();
  return { ...base, class: human === undefined ? 'safe-auto' : 'needs-a-human', why };
}

function noStep(known: Known, releases: readonly Release[]): Decision {
  const none = { newest: undefined, allowed: undefined, steps: [] };
  const isThere = releases.some(({ version }) => isSameVersion(version, known.current));
  const why = isThere || releases.length === 0 ? [] : [`${known.current} is not among what is published`];
  return {
    ...none,
    class: releases.length === 0 ? 'unknown' : 'current',
    why: releases.length === 0 ? ['nothing is published there'] : why,
  };
}

/** The newest first. */
function stepsForward(releases: readonly Release[], known: Known): Step[] {
  const early = isPrerelease(known.current);
  return releases
    .filter(({ version, prerelease, withdrawn }) => !withdrawn && (early || !(prerelease || isPrerelease(version))))
    .flatMap(release => stepTo(release, known) ?? [])
    .sort((a, b) => (isNewer(a.release, b.release) ? -1 : isNewer(b.release, a.release) ? 1 : 0));
}

function isPrerelease(version: string): boolean {
  const tag = readTag(version);
  return tag.scheme === 'version' && tag.prerelease !== undefined;
}

function isNewer(a: Release, b: Release): boolean {
  return compareTags(a.version, b.version).move === 'downgrade';
}

interface Judged {
  readonly step: Step;
  /** Why it is not taken even where a person names the component. */
  readonly obstacle: string | undefined;
}

function judge(step: Step, component: TrackedComponent, { now, includeMajor }: Asked): Judged {
  const { release, isMajor, minors } = step;
  const held = reasonToHold(component, { to: release.version, isMajor, automated: false });
  if (held !== undefined) return { step, obstacle: held };
  if (minors > 1 && step.human !== undefined) return { step, obstacle: `${minors} minors on; ${step.human}` };
  if (isMajor && !includeMajor) return { step, obstacle: step.human };
  const young = tooYoung(release, component, now);
  if (young !== undefined) return { step, obstacle: young };
  return { step, obstacle: undefined };
}

function tooYoung({ date }: Release, { minimumAge }: TrackedComponent, now: Date): string | undefined {
  if (date === undefined) return minimumAge ? 'its source does not say how long it has been out' : undefined;
  const least = minimumAge ?? MINIMUM_AGE;
  const age = Math.floor((now.getTime() - Date.parse(date)) / DAY);
  return age < least ? `out for ${age < 1 ? 'less than a day' : `${age} of ${least} days`}` : undefined;
}

/** Nothing where the entry asks for no age: git, Terraform's registry and those of images date nothing. */
function ageUnknown({ date }: Release, { minimumAge = MINIMUM_AGE }: TrackedComponent): string[] {
  if (date !== undefined || minimumAge === 0) return [];
  return [`its source has no dates: whether it has been out for ${minimumAge} days is not known`];
}

function classHeld(newest: Step, component: TrackedComponent): Class {
  if (component.manualOnly) return 'manual-only';
  return newest.isMajor && !component.skipMajor && component.pin === undefined ? 'needs-a-human' : 'held';
}

/** The newest patch of each minor between, where the program takes one minor at a time. */
function wayTo(newest: Step, steps: readonly Step[], { program }: Known): string[] {
  if (program === undefined || newest.minors < 2) return [];
  const way = Array.from({ length: newest.minors }, (_, i) =>
    steps.find(({ minors, isMajor }) => !isMajor && minors === i + 1),
  );
  return way.flatMap(step => step?.release.version ?? []);
}
