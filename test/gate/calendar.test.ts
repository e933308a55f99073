import { describe, expect, it } from 'vitest';
import type { CalendarConfig } from '../../src/config/gate.ts';
import { closedFor } from '../../src/gate/calendar.ts';
import type { Level } from '../../src/risk/verdict.ts';

const ATHENS: CalendarConfig = {
  timeZone: 'Europe/Athens',
  freeze: [{ from: '2026-12-20T00:00:00Z', to: '2027-01-07T00:00:00Z', level: 'medium', reason: 'peak season' }],
  windows: [
    { days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '16:00', level: 'medium' },
    { days: ['tue'], from: '22:00', to: '02:00' },
  ],
};

const NOT_IN_WINDOW = (level: Level) => `outside of the maintenance windows for ${level} risk`;

describe('a change waits', () => {
  // 2026-12-08 is a Tuesday; Athens is two hours before UTC in winter and three in summer.
  it.each<[string, Level, string, string | undefined, string | undefined]>([
    ['in its window', 'high', '2026-12-08T20:00Z', undefined, undefined],
    ['in its window after midnight', 'high', '2026-12-08T23:59Z', undefined, undefined],
    ['at the end of its window', 'high', '2026-12-09T00:00Z', NOT_IN_WINDOW('high'), 'Tue 2026-12-15 22:00'],
    ['before its window', 'high', '2026-12-08T19:59Z', NOT_IN_WINDOW('high'), 'Tue 2026-12-08 22:00'],
    ['by day, where high waits for night', 'high', '2026-12-08T10:00Z', NOT_IN_WINDOW('high'), 'Tue 2026-12-08 22:00'],
    ['medium by day', 'medium', '2026-12-08T10:00Z', undefined, undefined],
    ['medium in a window for high', 'medium', '2026-12-08T21:00Z', undefined, undefined],
    ['medium on Friday', 'medium', '2026-12-11T10:00Z', NOT_IN_WINDOW('medium'), 'Mon 2026-12-14 09:00'],
    ['low at any time', 'low', '2026-12-13T03:00Z', undefined, undefined],
    ['low in the freeze of medium', 'low', '2026-12-25T10:00Z', undefined, undefined],
    ['nothing', 'none', '2026-12-25T10:00Z', undefined, undefined],
    [
      'the freeze begins by the clock of the zone',
      'medium',
      '2026-12-19T22:00Z',
      'the freeze until 2027-01-07 (peak season)',
      'Mon 2027-01-11 09:00',
    ],
    [
      'on the last day of the freeze',
      'high',
      '2027-01-07T21:59Z',
      'the freeze until 2027-01-07 (peak season)',
      'Tue 2027-01-12 22:00',
    ],
    ['in summer time', 'medium', '2026-07-07T06:00Z', undefined, undefined],
    [
      'in summer time, an hour later than in winter',
      'medium',
      '2026-07-07T23:30Z',
      NOT_IN_WINDOW('medium'),
      'Wed 2026-07-08 09:00',
    ],
  ])('%s', (_, level, now, why, opens) => {
    const closed = closedFor(level, new Date(now), ATHENS);
    expect(closed?.why).toBe(why);
    expect(closed?.opens).toBe(opens && `${opens} (Europe/Athens)`);
  });

  // Athens skips 03:00 to 04:00 on 2026-03-29, and has it twice on 2026-10-25.
  it.each([
    ['before the hour that is skipped', '2026-03-29T00:59Z', 'Sun 2026-03-29 04:00 (Europe/Athens)'],
    ['behind it, in the window', '2026-03-29T01:00Z', undefined],
    ['at the end, an hour sooner', '2026-03-29T02:00Z', 'Sun 2026-04-05 03:00 (Europe/Athens)'],
    ['before the hour that comes twice', '2026-10-24T23:59Z', 'Sun 2026-10-25 03:00 (Europe/Athens)'],
    ['in it for the first time', '2026-10-25T00:30Z', undefined],
    ['in it for the second time', '2026-10-25T01:30Z', undefined],
    ['at the end, an hour later', '2026-10-25T03:00Z', 'Sun 2026-11-01 03:00 (Europe/Athens)'],
  ])('by the clock on the wall when that is changed: %s', (_, now, opens) => {
    const windows = [{ days: ['sun'], from: '03:00', to: '05:00' }] as const;
    const calendar: CalendarConfig = { timeZone: 'Europe/Athens', freeze: [], windows };
    expect(closedFor('high', new Date(now), calendar)?.opens).toBe(opens);
  });

  it('for no window that the clock skips', () => {
    const windows = [{ days: ['sun'], from: '03:15', to: '04:00' }] as const;
    const calendar: CalendarConfig = { timeZone: 'Europe/Athens', freeze: [], windows };
    const opens = (now: string) => closedFor('high', new Date(now), calendar)?.opens;
    expect(opens('2026-03-28T12:00Z')).toBe('Sun 2026-04-05 03:15 (Europe/Athens)');
    expect(opens('2026-10-24T12:00Z')).toBe('Sun 2026-10-25 03:15 (Europe/Athens)');
  });

  it('for as long as the freeze says, to the minute', () => {
    const freeze = [{ from: '2026-12-20 18:00', to: '2026-12-21T06:00' }];
    const calendar: CalendarConfig = { timeZone: 'UTC', freeze, windows: [] };
    const at = (now: string) => closedFor('low', new Date(now), calendar)?.opens;
    expect(at('2026-12-20T17:59Z')).toBe(undefined);
    expect(at('2026-12-20T18:00Z')).toBe('Mon 2026-12-21 06:00 (UTC)');
    expect(at('2026-12-21T06:00Z')).toBe(undefined);
  });

  it('without an end that the calendar knows', () => {
    const calendar: CalendarConfig = {
      timeZone: 'UTC',
      freeze: [],
      windows: [{ days: [], from: '10:00', to: '11:00' }],
    };
    expect(closedFor('high', new Date('2026-12-08T10:30Z'), calendar)).toEqual({
      why: NOT_IN_WINDOW('high'),
      opens: undefined,
    });
  });

  it('in no zone that does not exist', () => {
    const calendar = { ...ATHENS, timeZone: 'Europe/Athen' };
    expect(() => closedFor('high', new Date(0), calendar)).toThrow(
      'calendar.timeZone is Europe/Athen, which is no time zone',
    );
  });
});
