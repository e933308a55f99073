import {
  apart,
  count,
  type Line,
  list,
  type Paint,
  type Palette,
  padTo,
  painted,
  print,
  wrap,
} from '../report/line.ts';
import { OTHER_CONTEXT } from './application.ts';
import { ASPECTS, type Aspect, type UnitView } from './look.ts';
import { deciding, type Signal, STATES, type State, worst } from './signal.ts';
import { clocksInWords, type LandedView, telling } from './view.ts';

const PAINT_OF: Readonly<Record<State, Paint>> = {
  failed: 'error',
  stuck: 'error',
  overtaken: 'warning',
  rolling: 'info',
  unknown: 'medium',
  landed: 'good',
};

const STATE_COLUMN = 11;

/** Signals of one unit that are told before the rest is counted, and units that are told in full. */
const MOST_SIGNALS = 4;
const MOST_UNITS = 6;

/** Of more units, those that are on their way have their line alone. */
const MOST_UNITS_IN_FULL = 3;

export interface TextOptions {
  readonly width: number;
  readonly palette: Palette;
}

/** The answer on one screen: a line a unit with its signals, then what needs a person. Ends with a line break. */
export function landedText(view: LandedView, { width, palette }: TextOptions): string {
  return print(landedLines(view, width), palette);
}

export function landedLines(view: LandedView, width: number): Line[] {
  const few = view.units.filter(({ state }) => state !== 'landed').length <= MOST_UNITS_IN_FULL;
  const needing = [...view.units]
    .filter(({ state }) => state !== 'landed' && (few || state !== 'rolling'))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  const single = view.units.length === 1;
  const elsewhere = needing.filter(isElsewhere);
  const isOneStory = elsewhere.length > 1;
  const told = isOneStory ? needing.filter(unit => !elsewhere.includes(unit)) : needing;
  const blocks = (single ? view.units : told).slice(0, MOST_UNITS);
  const more = told.length - MOST_UNITS;
  return apart([
    heading(view, width),
    unitLines(view.units, width),
    isOneStory ? elsewhereLines(elsewhere, width) : [],
    ...blocks.map(unit => unitBlock(unit, width, single)),
    more > 0 ? [[`and ${count(more, 'unit')} more, which --format json lists`]] : [],
    backLines(view),
  ]);
}

/** Nothing of it is in this cluster, as far as can be seen: mostly since it is another one. */
function isElsewhere({ state, signals }: UnitView): boolean {
  const [application] = signals.get('argocd') ?? [];
  return state === 'unknown' && application?.next === OTHER_CONTEXT;
}

function elsewhereLines(units: readonly UnitView[], width: number): Line[] {
  const names = list(
    units.map(({ change }) => change.unit.name),
    MOST_SIGNALS,
  );
  return [
    ...wrap([painted(PAINT_OF.unknown, 'unknown'), `  this cluster has none of the Applications ${names}`], width, 2),
    ...wrap([painted('strong', '  Next: '), OTHER_CONTEXT], width, 8),
  ];
}

/** The answer, and whom it is from. */
function heading(view: LandedView, width: number): Line[] {
  const { state, name, title, units, isOutOfTime } = view;
  const well = units.filter(unit => unit.state === 'landed').length;
  const answer =
    units.length === 0
      ? 'nothing that deploys changed'
      : well === units.length
        ? `${count(well, 'unit')} landed and healthy`
        : `${well} of ${count(units.length, 'unit')} landed${isOutOfTime ? ', and the time is over' : ''}`;
  const start: Line = [painted(PAINT_OF[state], state), '  ', painted('strong', name), '  ', title];
  const where: Line = [`${answer}, in the context ${view.context} `, painted('dim', `(${view.server})`)];
  const clocks = clocksInWords(view);
  const note = clocks === undefined ? [] : wrap([painted('medium', clocks)], width, 2);
  return [...wrap(start, width, 2), ...wrap(where, width, 2), ...note];
}

/** Columns of an aspect's state at least, so that they stay where they are while it changes. */
const ASPECT_COLUMN = 9;

/** Columns that a unit's name gets at least, and below which nothing is told beside its signals. */
const LEAST_NAME = 16;
const LEAST_REASON = 24;

/** `rolling    app-shop-prod  argocd landed     pods rolling 1/3`, and what it waits for where there is room. */
function unitLines(units: readonly UnitView[], width: number): Line[] {
  const rows = units.map(unit => ({ unit, parts: new Map([...unit.signals].map(partOf)) }));
  const columns = ASPECTS.flatMap(aspect => {
    const lengths = rows.flatMap(({ parts }) => parts.get(aspect)?.text.length ?? []);
    return lengths.length === 0 ? [] : [{ aspect, length: Math.max(ASPECT_COLUMN, ...lengths) }];
  });
  const signals = columns.reduce((sum, { aspect, length }) => sum + aspect.length + length + 3, 0);
  const longest = Math.max(0, ...units.map(({ change }) => change.unit.name.length));
  const name = Math.min(longest, Math.max(LEAST_NAME, width - STATE_COLUMN - signals));
  const left = width - STATE_COLUMN - name - signals - 2;
  return rows.map(({ unit, parts }) => {
    const { state, change } = unit;
    const start = padTo([painted(PAINT_OF[state], state)], STATE_COLUMN);
    const told = columns.flatMap(({ aspect, length }): Line => {
      const part = parts.get(aspect);
      if (part === undefined) return [' '.repeat(aspect.length + length + 3)];
      return ['  ', painted('dim', `${aspect} `), painted(part.paint, part.text.padEnd(length))];
    });
    const reason = state === 'rolling' && left >= LEAST_REASON ? [painted('dim', `  ${waitsFor(unit, left)}`)] : [];
    return [...start, shortened(change.unit.name, name).padEnd(name), ...told, ...reason];
  });
}

/** `landed`, `rolling 1/3` by the pods that run it, `unknown 1/2` by the signals that are well. */
function partOf([aspect, found]: readonly [Aspect, readonly Signal[]]) {
  const own = worst(found);
  const workloads = found.flatMap(({ pods }) => pods ?? []);
  const [done, all] =
    workloads.length > 0
      ? [sum(workloads.map(({ ready }) => ready)), sum(workloads.map(({ wanted }) => wanted))]
      : [found.filter(({ state }) => state === 'landed').length, found.length];
  const isTold = own !== 'landed' && (workloads.length > 0 || found.length > 1);
  return [aspect, { text: isTold ? `${own} ${done}/${all}` : own, paint: PAINT_OF[own] }] as const;
}

function waitsFor({ signals }: UnitView, most: number): string {
  const reasons = deciding([...signals.values()].flat()).map(({ reason }) => reason);
  const reason = reasons.at(-1) ?? '';
  return reason.length > most ? `${reason.slice(0, most - 1)}…` : reason;
}

/** A name that is too long, without its middle: what tells names apart stands at either end. */
function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const start = Math.ceil((most - 1) / 2);
  return `${name.slice(0, start)}…${name.slice(name.length - (most - 1 - start))}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What stands in the way, or for one unit alone also what is well. */
function unitBlock(unit: UnitView, width: number, all: boolean): Line[] {
  const signals = telling(unit);
  const shown = signals.slice(0, MOST_SIGNALS).flatMap(({ aspect, signal }) => signalLines(aspect, signal, width));
  const more = signals.length - MOST_SIGNALS;
  const well = all ? [...unit.signals].flatMap(([aspect, found]) => wellLines(aspect, found, width)) : [];
  return [
    [painted(PAINT_OF[unit.state], unit.state), '  ', painted('strong', unit.change.unit.name)],
    ...shown,
    ...(more > 0 ? [[`  and ${more} more, which --format json lists`]] : []),
    ...well,
  ];
}

function signalLines(aspect: string, { state, subject, reason, next }: Signal, width: number): Line[] {
  const what = subject === undefined ? aspect : subject;
  const line: Line = [
    '  ',
    what,
    ': ',
    ...(state === 'rolling' ? [] : [painted(PAINT_OF[state], state), ', ']),
    reason,
  ];
  return [
    ...wrap(line, width, 4),
    ...(next === undefined ? [] : wrap([painted('strong', '  Next: '), next], width, 8)),
  ];
}

function wellLines(aspect: Aspect, signals: readonly Signal[], width: number): Line[] {
  return signals
    .filter(({ state }) => state === 'landed')
    .slice(0, 2 * MOST_SIGNALS)
    .flatMap(({ subject, reason }) => wrap(['  ', subject ?? aspect, ': ', reason], width, 4));
}

/** How to go back, where going on does not look well. */
function backLines({ state, back }: LandedView): Line[] {
  if (state !== 'failed' && state !== 'stuck') return [];
  return back.map((line, index) => [padTo([index === 0 ? 'Back' : ''], 6).join(''), line]);
}
