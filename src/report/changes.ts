import type { Fact } from '../change/fact.ts';
import { describe } from './describe.ts';
import { fold, type Telling } from './fold.ts';
import { count, type Line, lengthOf, list, painted, wrap } from './line.ts';
import { placesOf, tailOf } from './place.ts';
import { type Units, where } from './where.ts';

/** Tellings of the same units. */
export interface Group {
  readonly units: readonly string[];
  readonly tellings: readonly Telling[];
}

/** Facts folded, and gathered by the units that they are about. */
export function groupsOf(facts: readonly Fact[]): Group[] {
  const groups = new Map<string, { units: readonly string[]; tellings: Telling[] }>();
  for (const telling of fold(facts)) {
    const key = JSON.stringify(telling.units);
    const group = groups.get(key) ?? { units: telling.units, tellings: [] };
    group.tellings.push(telling);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export function tellingsIn(groups: readonly { readonly tellings: readonly unknown[] }[]): number {
  return groups.reduce((sum, { tellings }) => sum + tellings.length, 0);
}

/** A change in words, with where it was written. */
export interface Told {
  readonly text: string;
  /** One entry a file. */
  readonly places: readonly string[];
}

/** What is told of the same units. */
export interface ToldGroup {
  /** The units as people call them. */
  readonly where: string;
  readonly tellings: readonly Told[];
}

/** Groups in words. */
export function inWords(groups: readonly Group[], known: Units): ToldGroup[] {
  return groups.map(({ units, tellings }) => ({
    where: where(units, known),
    tellings: tellings.map(telling => ({ text: describe(telling), places: placesOf(telling.spans) })),
  }));
}

export interface ChangeOptions {
  readonly width: number;
  readonly indent: number;
  /** Tellings before the rest is only counted. */
  readonly most: number;
  /** The units are said already. */
  readonly withoutUnits?: boolean;
}

/** What happens where, each with its place; the units once above several changes of theirs. */
export function changeLines(groups: readonly ToldGroup[], options: ChangeOptions): Line[] {
  const lines: Line[] = [];
  let left = options.most;
  for (const { where, tellings } of groups) {
    const told = tellings.slice(0, left);
    left -= told.length;
    if (told.length > 0) lines.push(...groupLines({ where, tellings: told }, options));
  }
  return [...lines, ...andMore(tellingsIn(groups) - options.most, options.indent)];
}

function groupLines({ where, tellings }: ToldGroup, options: ChangeOptions): Line[] {
  const [only, second] = tellings;
  const name = painted('strong', where);
  if (options.withoutUnits === true) return tellings.flatMap(told => toldLines([], told, options));
  if (only !== undefined && second === undefined) {
    const oneLine = options.indent + lengthOf([name, ': ', only.text]) <= options.width;
    if (oneLine || name.text.length <= options.width / 3) return toldLines([name, ': '], only, options);
  }
  const deeper = { ...options, indent: options.indent + 2 };
  const heading = wrap([' '.repeat(options.indent), name], options.width, options.indent + 2);
  return [...heading, ...tellings.flatMap(told => toldLines([], told, deeper))];
}

/** Files that are told for one change. */
const MOST_FILES = 2;

/** The place on the same line where it fits, else below; a line a file, so that each can be copied. */
function toldLines(start: Line, { text, places }: Told, { width, indent }: ChangeOptions): Line[] {
  const space = ' '.repeat(indent);
  const what: Line = [space, ...start, text];
  const [place, another] = places;
  if (place !== undefined && another === undefined && lengthOf(what) + 2 + place.length <= width) {
    return [[...what, '  ', painted('dim', place)]];
  }
  const told = places.slice(0, MOST_FILES);
  const rest = places.length - told.length;
  const more = rest === 0 ? [] : [`and ${count(rest, 'more file', 'more files')}`];
  return [
    ...wrap(what, width, indent + 2),
    ...[...told, ...more].map((line): Line => [space, '  ', painted('dim', line)]),
  ];
}

/** One change in one line, with the short form of its place. */
export function shortLine(telling: Telling, units: Units): Line {
  const places = list(placesOf(telling.spans).map(tailOf), 2);
  return [`${where(telling.units, units)}: ${describe(telling)}  `, painted('dim', places)];
}

/** What was left out is said. */
export function andMore(number: number, indent: number): Line[] {
  if (number <= 0) return [];
  return [[' '.repeat(indent), painted('dim', `and ${number} more: --format json has them all`)]];
}
