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

export interface ChangeOptions {
  readonly units: Units;
  readonly width: number;
  readonly indent: number;
  /** Tellings before the rest is only counted. */
  readonly most: number;
  /** The units are said already. */
  readonly withoutUnits?: boolean;
}

/** What happens where, each with its place; the units once above several changes of theirs. */
export function changeLines(groups: readonly Group[], options: ChangeOptions): Line[] {
  const lines: Line[] = [];
  let left = options.most;
  for (const { units, tellings } of groups) {
    const told = tellings.slice(0, left);
    left -= told.length;
    if (told.length > 0) lines.push(...groupLines({ units, tellings: told }, options));
  }
  const number = groups.reduce((sum, group) => sum + group.tellings.length, 0);
  return [...lines, ...andMore(number - options.most, options.indent)];
}

function groupLines({ units, tellings }: Group, options: ChangeOptions): Line[] {
  const [only, second] = tellings;
  const name = painted('strong', where(units, options.units));
  if (options.withoutUnits === true) return tellings.flatMap(telling => tellingLines([], telling, options));
  if (only !== undefined && second === undefined) {
    const oneLine = options.indent + lengthOf([name, ': ', describe(only)]) <= options.width;
    if (oneLine || name.text.length <= options.width / 3) return tellingLines([name, ': '], only, options);
  }
  const deeper = { ...options, indent: options.indent + 2 };
  const heading = wrap([' '.repeat(options.indent), name], options.width, options.indent + 2);
  return [...heading, ...tellings.flatMap(telling => tellingLines([], telling, deeper))];
}

/** Files that are told for one change. */
const MOST_FILES = 2;

/** The place on the same line where it fits, else below; a line a file, so that each can be copied. */
function tellingLines(start: Line, telling: Telling, { width, indent }: ChangeOptions): Line[] {
  const space = ' '.repeat(indent);
  const what: Line = [space, ...start, describe(telling)];
  const places = placesOf(telling.spans);
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
