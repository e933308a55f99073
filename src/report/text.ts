import type { Reason } from '../risk/verdict.ts';
import {
  andMore,
  beforeLines,
  commitsBlock,
  findingBlock,
  nothingChanged,
  paintOf,
  skipped,
  summaryOf,
  unknownBlock,
} from './blocks.ts';
import { describe } from './describe.ts';
import { fold, type Telling } from './fold.ts';
import { COLOURLESS, type Line, list, type Palette, padTo, painted, print, wrap } from './line.ts';
import { placesOf, tailOf } from './place.ts';
import type { Result } from './result.ts';
import { type Units, unitsOf, where } from './where.ts';

export interface TextOptions {
  /** In columns. */
  readonly width: number;
  readonly palette: Palette;
  /** The exit code will be other than 0. */
  readonly failed: boolean;
}

export const PLAIN: TextOptions = { width: 80, palette: COLOURLESS, failed: false };

/** Changes of one reason that are told before the rest is only counted; the worse the level, the more. */
const MOST: Readonly<Record<Reason['level'], number>> = { none: 5, low: 10, medium: 50, high: 50 };

/** The default form: the answer first; one line where nothing is wrong. Ends with a line break. */
export function reportText(result: Result, options: TextOptions): string {
  return print(isQuiet(result) ? quiet(result) : loud(result, options), options.palette);
}

function isQuiet({ verdict, findings, unknowns, incomplete, commits }: Result): boolean {
  const calm = verdict.level === 'none' || verdict.level === 'low';
  const asked = verdict.obligations.length + verdict.consult.length + commits.length;
  return calm && asked + findings.length + unknowns.length + incomplete.length === 0;
}

/** What is said where nothing is wrong: a line for each change, one where they can be told together. */
function quiet(result: Result): Line[] {
  const tellings = fold(result.verdict.reasons.flatMap(reason => reason.facts));
  const name = result.subject.commit?.slice(0, 8) ?? 'deploy-lint';
  if (tellings.length === 0) return [[`${name}  ${nothingChanged(result)}`], ...skipped(result)];
  const units = unitsOf(result);
  const shown = tellings.slice(0, MOST.low);
  const lines = shown.map((telling, i): Line => {
    const places = list(placesOf(telling.spans, tailOf), 2);
    const start: Line = i === 0 ? [`${name}  `, painted('low', 'low'), '  '] : [' '.repeat(name.length + 7)];
    return [...start, `${where(telling.units, units)}: ${describe(telling)}`, painted('dim', `  ${places}`)];
  });
  return [...lines, ...andMore(tellings.length - shown.length, name.length + 7), ...skipped(result)];
}

function loud(result: Result, options: TextOptions): Line[] {
  const units = unitsOf(result);
  const { width } = options;
  const blocks: Line[][] = [
    verdictBlock(result, units, width),
    beforeBlock(result, units, width),
    ...result.unknowns.map(unknown => unknownBlock('unknown', unknown, units, width)),
    ...result.findings.map(finding => findingBlock(finding, units, width)),
    ...result.incomplete.map(unknown => unknownBlock('incomplete', unknown, units, width)),
    commitsBlock(result),
    skipped(result),
    summaryOf(result, options.failed),
  ];
  return blocks.filter(block => block.length > 0).flatMap((block, i) => (i === 0 ? block : [[], ...block]));
}

/** Every level above low, and what makes it so: where, what with both values, the place, the reason. */
function verdictBlock({ verdict }: Result, units: Units, width: number): Line[] {
  if (verdict.level === 'none' || verdict.level === 'low') return [];
  return verdict.reasons.flatMap((reason, i) => reasonLines(reason, units, width, i === 0));
}

const LEVEL_COLUMN = 8;

function reasonLines(reason: Reason, units: Units, width: number, worst: boolean): Line[] {
  const tellings = fold(reason.facts);
  const most = MOST[reason.level];
  const told = tellings.slice(0, most).flatMap(telling => tellingLines(telling, units, width));
  const level = worst ? reason.level.toUpperCase() : reason.level;
  const heading = padTo([painted(paintOf(reason.level), level)], LEVEL_COLUMN);
  const why = [' '.repeat(LEVEL_COLUMN), `${reason.title}: ${reason.why}`];
  return [
    ...told.map((line, i) => (i === 0 ? [...heading, ...line.slice(1)] : line)),
    ...andMore(tellings.length - most, LEVEL_COLUMN),
    ...(reason.level === 'low' ? [] : wrap(why, width, LEVEL_COLUMN)),
  ];
}

function tellingLines(telling: Telling, units: Units, width: number): Line[] {
  const indent = ' '.repeat(LEVEL_COLUMN);
  const what: Line = [indent, painted('strong', where(telling.units, units)), `: ${describe(telling)}`];
  const places = list(placesOf(telling.spans), 4);
  return [...wrap(what, width, LEVEL_COLUMN + 2), [indent, painted('dim', places)]];
}

/** What is to be done before the push, and whether it was. */
function beforeBlock(result: Result, units: Units, width: number): Line[] {
  const lines = beforeLines(result, units, width, 4);
  return lines.length === 0 ? [] : [['  Before you push'], ...lines];
}
