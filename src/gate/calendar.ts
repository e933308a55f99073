import { ConfigError } from '../config/error.ts';
import type { CalendarConfig, Day, GateLevel } from '../config/gate.ts';
import { LEVELS, type Level } from '../risk/verdict.ts';

/** Why a change has to wait, and until when. */
export interface Closed {
  /** `the freeze until 2027-01-07 (peak season)`. */
  readonly why: string;
  /** When it can go out, in words, with the zone; undefined where the calendar names no such time in the next year. */
  readonly opens: string | undefined;
}

/** A clock on a wall in the zone, as minutes since 1970 began there: days have 1440 of them, whatever the season. */
type WallMinutes = number;

const DAY = 24 * 60;
const WEEKDAYS: readonly Day[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'];

/** How far ahead the next window is looked for. */
const MAX_DAYS = 400;

/** Whether a change of this risk may go out now. Throws `ConfigError` where the zone is none. */
export function closedFor(level: Level, now: Date, calendar: CalendarConfig): Closed | undefined {
  if (level === 'none' || (calendar.freeze.length === 0 && calendar.windows.length === 0)) return undefined;
  const wallAt = wallClock(calendar.timeZone);
  const wall = wallAt(Math.floor(now.getTime() / 60_000));
  const why = reasonAt(wall, level, calendar);
  if (why === undefined) return undefined;
  const next = nextOpening(wall, level, calendar, wallAt);
  return { why, opens: next === undefined ? undefined : `${shown(next)} (${calendar.timeZone})` };
}

function reasonAt(wall: WallMinutes, level: Level, calendar: CalendarConfig): string | undefined {
  const freeze = freezesFor(level, calendar).find(({ from, to }) => startOf(from) <= wall && wall < endOf(to));
  if (freeze !== undefined) {
    const until = freeze.to.replace('T00:00:00Z', '').replace('T', ' ');
    return `the freeze until ${until}${freeze.reason === undefined ? '' : ` (${freeze.reason})`}`;
  }
  const windows = windowsFor(level, calendar);
  if (windows.length === 0 || windows.some(window => isInWindow(wall, window))) return undefined;
  return `outside of the maintenance windows for ${level} risk`;
}

function freezesFor(level: Level, { freeze }: CalendarConfig): CalendarConfig['freeze'] {
  return freeze.filter(entry => rank(level) >= rank(entry.level ?? 'low'));
}

/** A change may use the windows of the highest level that its own risk reaches, and those for a higher one. */
function windowsFor(level: Level, { windows }: CalendarConfig): CalendarConfig['windows'] {
  const of = (window: { readonly level?: GateLevel }) => rank(window.level ?? 'high');
  const needed = Math.max(...windows.map(of).filter(least => least <= rank(level)));
  return windows.filter(window => needed > 0 && of(window) >= needed);
}

function rank(level: Level): number {
  return LEVELS.indexOf(level);
}

type Window = CalendarConfig['windows'][number];

/** A window that ends on the next day belongs to the day on which it begins. */
function isInWindow(wall: WallMinutes, { days, from, to }: Window): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const length = end > start ? end - start : end + DAY - start;
  return [0, 1].some(ago => {
    const begin = Math.floor(wall / DAY - ago) * DAY + start;
    return days.includes(weekday(begin)) && begin <= wall && wall < begin + length;
  });
}

/** The first moment from now on when nothing is in the way: the ends of freezes and the starts of windows are asked. */
function nextOpening(
  wall: WallMinutes,
  level: Level,
  calendar: CalendarConfig,
  wallAt: WallClock,
): WallMinutes | undefined {
  const windows = windowsFor(level, calendar);
  const today = Math.floor(wall / DAY) * DAY;
  const starts = Array.from({ length: MAX_DAYS }, (_, day) =>
    windows.map(({ from }) => today + day * DAY + minutesOf(from)),
  );
  const ends = freezesFor(level, calendar).map(({ to }) => endOf(to));
  const isOpen = (moment: WallMinutes) => reasonAt(moment, level, calendar) === undefined;
  const moments = [...starts.flat(), ...ends].filter(moment => moment > wall && isOpen(moment)).sort((a, b) => a - b);
  for (const moment of moments) {
    const opening = nextShown(moment, wallAt);
    // Not so where the whole window is skipped.
    if (isOpen(opening)) return opening;
  }
  return undefined;
}

function weekday(wall: WallMinutes): Day {
  return WEEKDAYS[Math.floor(wall / DAY) % 7] ?? 'thu';
}

/** `22:00` */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T00:00:00Z|[ T](\d\d:\d\d))?$/;

function startOf(moment: string): WallMinutes {
  const [, day = '', time = '00:00'] = MOMENT.exec(moment) ?? [];
  return Date.parse(`${day}T00:00Z`) / 60_000 + minutesOf(time);
}

/** A day alone is over at its end. */
function endOf(moment: string): WallMinutes {
  return startOf(moment) + (MOMENT.exec(moment)?.[2] === undefined ? DAY : 0);
}

/** What a clock on the wall shows at a minute since 1970 began in UTC. */
type WallClock = (minute: number) => WallMinutes;

function wallClock(timeZone: string): WallClock {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', ...fields });
  } catch {
    throw new ConfigError(`calendar.timeZone is ${timeZone}, which is no time zone`, 'Such as Europe/Athens or UTC.');
  }
  return minute => {
    const parts = new Map(format.formatToParts(minute * 60_000).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) / 60_000;
  };
}

/** The first time from this one on that the clock shows: when it is put forward, an hour is missing. */
function nextShown(wall: WallMinutes, wallAt: WallClock): WallMinutes {
  // A clock is not put forward and back within two days.
  const offsets = [wall - DAY, wall + DAY].map(minute => wallAt(minute) - minute);
  const isShown = (at: WallMinutes) => offsets.some(offset => wallAt(at - offset) === at);
  let time = wall;
  while (!isShown(time) && time < wall + DAY) time += 1;
  return time;
}

/** `Tue 2027-01-05 22:00` */
function shown(wall: WallMinutes): string {
  const day = weekday(wall);
  const text = new Date(wall * 60_000).toISOString();
  return `${day.charAt(0).toUpperCase()}${day.slice(1)} ${text.slice(0, 10)} ${text.slice(11, 16)}`;
}
