import { apart, count, type Line, type Paint, type Palette, padTo, painted, print, wrap } from '../report/line.ts';
import type { Aspect, UnitView } from './look.ts';
import { type Signal, STATES, type State, worst } from './signal.ts';
import { type LandedView, telling } from './view.ts';

export const PAINT_OF: Readonly<Record<State, Paint>> = {
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
  const few = view.units.length <= MOST_UNITS_IN_FULL;
  const needing = [...view.units]
    .filter(({ state }) => state !== 'landed' && (few || state !== 'rolling'))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  const single = view.units.length === 1;
  const blocks = (single ? view.units : needing).slice(0, MOST_UNITS);
  const more = needing.length - MOST_UNITS;
  return apart([
    heading(view, width),
    unitLines(view.units, width),
    ...blocks.map(unit => unitBlock(unit, width, single)),
    more > 0 ? [[`and ${count(more, 'unit')} more, which --format json lists`]] : [],
    backLines(view),
  ]);
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
  return [...wrap(start, width, 2), [`${answer}, in the context ${view.context} `, painted('dim', `(${view.server})`)]];
}

/** `landed     app-shop-prod    argocd landed   pods landed`. */
function unitLines(units: readonly UnitView[], width: number): Line[] {
  const longest = Math.max(0, ...units.map(({ change }) => change.unit.name.length));
  const column = STATE_COLUMN + Math.min(longest + 2, Math.max(20, width - STATE_COLUMN - 50));
  return units.map(({ change, state, signals }) => {
    const name: Line = [...padTo([painted(PAINT_OF[state], state)], STATE_COLUMN), change.unit.name];
    const parts = [...signals].flatMap(([aspect, found], index): Line => {
      const own = worst(found);
      const well = found.filter(({ state }) => state === 'landed').length;
      const part = found.length > 1 && own !== 'landed' ? ` ${well}/${found.length}` : '';
      return [index === 0 ? '' : '  ', painted('dim', `${aspect} `), painted(PAINT_OF[own], `${own}${part}`.padEnd(9))];
    });
    return [...padTo(name, column), ...parts];
  });
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
