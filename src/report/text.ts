import type { Reason } from '../risk/verdict.ts';
import {
  allowedLines,
  beforeLines,
  commitsBlock,
  findingBlocks,
  nothingChanged,
  paintOf,
  skipped,
  stagingLines,
  summaryOf,
  unknownBlocks,
} from './blocks.ts';
import { changeLines, type Group, groupsOf, inWords, shortLine, tellingsIn } from './changes.ts';
import { apart, COLOURLESS, count, type Line, type Palette, padTo, painted, print, wrap } from './line.ts';
import { placeOf } from './place.ts';
import type { Result, Unknown } from './result.ts';
import { outcomeOf, previewLines, underReview } from './review-lines.ts';
import { howMany, type Units, unitsOf, where } from './where.ts';

export interface TextOptions {
  /** Of the terminal, in columns. */
  readonly width: number;
  readonly palette: Palette;
  /** The exit code will be other than 0. */
  readonly failed: boolean;
}

export const PLAIN: TextOptions = { width: 80, palette: COLOURLESS, failed: false };

/** Changes of one reason that are told before the rest is only counted; the worse the level, the more. */
const MOST: Readonly<Record<Reason['level'], number>> = { none: 5, low: 5, medium: 10, high: 20 };

/** Parts of a tree that are not in the repository, by name, before the rest is only counted. */
const MOST_NAMED = 3;

/** Columns: in fewer nothing can be read, and longer lines are hard to. */
const NARROWEST = 40;
const WIDEST = 120;

export function readable(width: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, width));
}

/** The default form: the answer first; one line where nothing is wrong. Ends with a line break. */
export function reportText(result: Result, options: TextOptions): string {
  const width = readable(options.width);
  const lines = isQuiet(result) && !options.failed ? quiet(result, width) : loud(result, width, options.failed);
  return print(lines, options.palette);
}

function isQuiet({ subject, verdict, findings, unknowns, incomplete, review }: Result): boolean {
  const calm =
    review === undefined && subject.kind !== 'range' && (verdict.level === 'none' || verdict.level === 'low');
  const asked = verdict.obligations.length + verdict.consult.length;
  return calm && asked + findings.length + unknowns.length + incomplete.length === 0;
}

/** What is said where nothing is wrong: one line where the changes can be told together. */
function quiet(result: Result, width: number): Line[] {
  const units = unitsOf(result);
  const groups = groupsOf(result.verdict.reasons.flatMap(reason => reason.facts));
  const name = result.subject.commit?.slice(0, 8) ?? 'deploy-lint';
  const back = result.reverts === undefined ? '' : `takes ${result.reverts.slice(0, 8)} back: `;
  const start: Line = [`${name}  `, painted('low', 'low'), '  ', back];
  const [group, other] = groups;
  const [telling, more] = group?.tellings ?? [];
  if (group === undefined || telling === undefined)
    return [...wrap([`${name}  ${nothingChanged(result)}`], width, 2), ...quietRest(result, width)];
  const options = { width, indent: 2, most: MOST.low * 2 };
  if (other !== undefined) {
    return [
      [...start, `${tellingsIn(groups)} changes`],
      ...changeLines(inWords(groups, units), options),
      ...quietRest(result, width),
    ];
  }
  if (more === undefined) return [[...start, ...shortLine(telling, units)], ...quietRest(result, width)];
  const changes = changeLines(inWords(groups, units), { ...options, withoutUnits: true });
  return [[...start, painted('strong', where(group.units, units))], ...changes, ...quietRest(result, width)];
}

/** What is said below the one line. */
function quietRest(result: Result, width: number): Line[] {
  return [...stagingLines(result, width), ...allowedLines(result, width), ...skipped(result, width)];
}

function loud(result: Result, width: number, failed: boolean): Line[] {
  const units = unitsOf(result);
  const { review } = result;
  const blocks: Line[][] = [
    review === undefined ? [] : underReview(review, result, width),
    verdictBlock(result, units, width),
    beforeBlock(result, units, width),
    ...(result.subject.kind === 'tree'
      ? [notLookedAt(result, width)]
      : unknownBlocks('unknown', untold(result), units, width)),
    ...findingBlocks(result.findings, units, width),
    ...unknownBlocks('incomplete', result.incomplete, units, width),
    commitsBlock(result, width),
    allowedLines(result, width),
    skipped(result, width),
    summaryOf(result, failed),
    ...(review === undefined ? [] : [previewLines(review, width), ...outcomeOf(result, review, width)]),
  ];
  return apart(blocks);
}

/**
 * What makes the level what it is: where, what with both values, the place, the reason. A low level is not told before a
 * mistake that has to be mended first.
 */
function verdictBlock({ verdict, findings, unknowns }: Result, units: Units, width: number): Line[] {
  const broken = findings.some(finding => finding.severity === 'error');
  if (broken && verdict.level === 'low') return [];
  return verdict.reasons.flatMap((reason, i) => [
    ...reasonLines(reason, { units, width, unknowns, worst: i === 0 }),
    ...hintLines(reason, unknowns),
  ]);
}

/** Unknowns that no reason of the verdict tells already. */
function untold({ verdict, unknowns }: Result): Unknown[] {
  return unknowns.filter(unknown => !verdict.reasons.some(reason => tells(reason, unknown)));
}

function tells({ facts }: Reason, { span, units }: Unknown): boolean {
  return span !== undefined && facts.some(fact => units.includes(fact.unit) && placeOf(fact.span) === placeOf(span));
}

/** How to look at what the reason leaves unknown. */
function hintLines(reason: Reason, unknowns: readonly Unknown[]): Line[] {
  const hints = unknowns.flatMap(unknown => (tells(reason, unknown) ? (unknown.hint ?? []) : []));
  return [...new Set(hints)].slice(0, 3).map(hint => [' '.repeat(LEVEL_COLUMN), `See it: ${hint}`]);
}

/** A whole tree leaves out too much to tell one by one. */
function notLookedAt({ unknowns }: Result, width: number): Line[] {
  const names = [...new Set(unknowns.map(({ what }) => what))];
  if (names.length === 0) return [];
  const rest = names.length - MOST_NAMED;
  const listed =
    names.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more, which --format json lists` : '');
  const start: Line = [painted('medium', 'unknown'), '  '];
  return [
    [...start, painted('strong', `${names.length} parts are not in this repository and were not looked at`)],
    ...wrap([`  ${listed}`], width, 2),
  ];
}

const LEVEL_COLUMN = 8;

interface ReasonOptions {
  readonly units: Units;
  readonly width: number;
  readonly unknowns: readonly Unknown[];
  /** It is the first one, which gives the verdict its level. */
  readonly worst: boolean;
}

/** What happens before the reason: one change as it is, several below what they are, how many, and where. */
function reasonLines(reason: Reason, { units, width, unknowns, worst }: ReasonOptions): Line[] {
  const { level, title, why } = reason;
  const groups = groupsOf(reason.facts);
  const number = tellingsIn(groups);
  // A low level needs no reason unless it leaves a doubt.
  const plain = level === 'low' && !unknowns.some(unknown => tells(reason, unknown));
  const below = { width, most: MOST[level], withoutUnits: groups.length === 1 && number > 1 };
  const told = changeLines(inWords(groups, units), { ...below, indent: LEVEL_COLUMN + (number === 1 ? 0 : 2) });
  const heading = number === 1 ? [] : headingLines(title, groups, units, width);
  const text = number === 1 ? `${title}: ${why}` : why;
  const because = plain ? [] : wrap([' '.repeat(LEVEL_COLUMN), text], width, LEVEL_COLUMN);
  const word = painted(paintOf(level), worst && level !== 'low' ? level.toUpperCase() : level);
  const lines = [...heading, ...told, ...because];
  return lines.map((line, i) => (i === 0 ? [...padTo([word], LEVEL_COLUMN), ...line.slice(1)] : line));
}

/** `immutable field: 2 changes in wecare/adveshop4 prod`; units that are named below are only counted. */
function headingLines(title: string, groups: readonly Group[], units: Units, width: number): Line[] {
  const [group, other] = groups;
  const keys = [...new Set(groups.flatMap(({ units: own }) => own))];
  const place = other === undefined ? where(group?.units ?? [], units) : howMany(keys, units);
  const text = `${title}: ${count(tellingsIn(groups), 'change')} in `;
  return wrap([' '.repeat(LEVEL_COLUMN), text, painted('strong', place)], width, LEVEL_COLUMN + 2);
}

/** What is to be done before the push, and whether it was. */
function beforeBlock(result: Result, units: Units, width: number): Line[] {
  const { obligations, consult } = result.verdict;
  if (obligations.length + consult.length === 0) return stagingLines(result, width);
  const lines = beforeLines(result, units, width, 4);
  return lines.length === 0 ? [] : [['  Before you push'], ...lines];
}
