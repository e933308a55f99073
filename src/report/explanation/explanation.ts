import type { Environment } from '../../gitops/unit.ts';
import { LEVELS, type Level } from '../../risk/verdict.ts';
import type { Severity } from '../../rule/rule.ts';
import { nothingChanged } from '../blocks.ts';
import { type Location, locationOf } from '../place.ts';
import type { Result, Unknown } from '../result.ts';
import { unitsOf } from '../where.ts';
import { type WayBack, wayBack } from './back.ts';
import { type ChangeGroup, changedOf } from './changed.ts';
import { type Check, checklistOf } from './checklist.ts';
import { type Look, landed } from './landed.ts';
import type { Link } from './links.ts';
import { type ObjectDiff, objectDiffs } from './objects.ts';
import { type Picture, pictureOf } from './picture.ts';
import { type Radius, radiusOf } from './radius.ts';
import { type Step, timelineOf } from './timeline.ts';
import { type Touched, touchedBy } from './touched.ts';

/** A result as it is told to a reviewer: plain data, so that every form tells the same and only lays it out. */
export interface Explanation {
  /** `a1b2c3d4`, `a1b2c3d4 (merge)`, `9f8e7d6c..a1b2c3d4`, `staged`. */
  readonly name: string;
  readonly title: string;
  readonly level: Level;
  readonly reasons: readonly {
    readonly level: Level;
    readonly title: string;
    /** How it goes in the cluster; '' where the risk table does not say. */
    readonly shape: string;
    readonly why: string;
    /** Keys of the units. */
    readonly units: readonly string[];
  }[];
  /** One line that says so, where nothing changes in the cluster. */
  readonly nothing: string | undefined;
  readonly consult: readonly string[];
  /** The units in which something changes, the riskiest first. */
  readonly units: readonly ExplainedUnit[];
  readonly changes: readonly ChangeGroup[];
  readonly timeline: readonly Step[];
  readonly radius: Radius;
  readonly picture: Picture;
  readonly checklist: readonly Check[];
  readonly looks: readonly Look[];
  readonly links: readonly Link[];
  readonly back: WayBack;
  readonly findings: readonly ExplainedFinding[];
  readonly unknowns: readonly ExplainedUnknown[];
  readonly incomplete: readonly ExplainedUnknown[];
  readonly objects: readonly ObjectDiff[];
  /** Objects that differ and are not in the list. */
  readonly moreObjects: number;
}

export interface ExplainedUnit {
  readonly key: string;
  readonly name: string;
  readonly environment: Environment;
  readonly client: string | undefined;
  readonly app: string | undefined;
  readonly application: string | undefined;
  readonly level: Level;
}

export interface ExplainedFinding {
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly place: Location;
  readonly units: readonly string[];
}

export interface ExplainedUnknown {
  readonly what: string;
  readonly why: string;
  readonly hint: string | undefined;
  readonly place: Location | undefined;
  readonly units: readonly string[];
}

export function explanationOf(result: Result): Explanation {
  const { subject, verdict, files } = result;
  const levels = unitLevels(result);
  const touched = touchedBy(result);
  const { diffs, more } = objectDiffs(touched);
  return {
    name: nameOf(result),
    title: subject.title ?? '',
    level: verdict.level,
    reasons: verdict.reasons.map(({ level, title, shape, why, facts }) => {
      return { level, title, shape, why, units: [...new Set(facts.map(({ unit }) => unit))] };
    }),
    nothing: verdict.reasons.length === 0 ? nothingChanged(result) : undefined,
    consult: verdict.consult,
    units: explainedUnits(touched, levels),
    changes: changedOf(result),
    timeline: timelineOf(touched, verdict),
    radius: radiusOf(touched, files.seen),
    picture: pictureOf({ touched, files: files.seen, levels, known: unitsOf(result) }),
    checklist: checklistOf(result),
    ...landed(touched, subject, result.config.observe),
    back: wayBack(result, touched),
    findings: result.findings.map(({ severity, rule, message, why, fix, span, units: keys }) => {
      return { severity, rule, message, why, fix, place: locationOf(span), units: keys };
    }),
    unknowns: result.unknowns.map(explainedUnknown),
    incomplete: result.incomplete.map(explainedUnknown),
    objects: diffs,
    moreObjects: more,
  };
}

/** The reasons that are less than the verdict, by level: what they are called, and in which units. */
export function lowerReasons({ level, reasons }: Explanation) {
  return LEVELS.toReversed().flatMap(lower => {
    const own = lower === level ? [] : reasons.filter(reason => reason.level === lower);
    if (own.length === 0) return [];
    const titles = [...new Set(own.map(({ title }) => title))];
    return { level: lower, titles, units: [...new Set(own.flatMap(({ units }) => units))] };
  });
}

function nameOf({ subject }: Result): string {
  if (subject.commit === undefined) return 'staged';
  const head = subject.commit.slice(0, 8);
  if (subject.parents.length > 1) return `${head} (merge)`;
  return subject.kind === 'range' && subject.base !== undefined ? `${subject.base.slice(0, 8)}..${head}` : head;
}

/** The worst level of each unit. */
function unitLevels({ verdict }: Result): Map<string, Level> {
  const levels = new Map<string, Level>();
  // Reasons come worst first.
  for (const { facts, level } of verdict.reasons) {
    for (const { unit } of facts) if (!levels.has(unit)) levels.set(unit, level);
  }
  return levels;
}

function explainedUnits(touched: readonly Touched[], levels: ReadonlyMap<string, Level>): ExplainedUnit[] {
  const told = touched.map(({ unit }): ExplainedUnit => {
    const { key, name, environment, client, app, application } = unit;
    return { key, name, environment, client, app, application: application?.name, level: levels.get(key) ?? 'none' };
  });
  return told.sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
}

function explainedUnknown({ what, why, hint, span, units }: Unknown): ExplainedUnknown {
  return { what, why, hint, place: span && locationOf(span), units };
}
