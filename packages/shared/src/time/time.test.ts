import { describe, expect, it } from 'vitest';
import {
  activateAt,
  endOfDay,
  expireAt,
  instantOfLocal,
  isTimeZone,
  localDate,
  localTime,
  weekdayOf,
} from './index.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

describe('local time', () => {
  it('shows the wall of a zone', () =>
    expect(localTime(at('2026-11-20T21:30:05Z'), 'Europe/Moscow')).toEqual({
      date: '2026-11-21',
      hour: 0,
      minute: 30,
      second: 5,
      weekday: 6,
    }));

  it.each([
    ['1970-01-01', 4],
    ['2026-11-22', 7],
    ['2026-11-23', 1],
    ['1969-12-28', 7],
  ])('%s is ISO weekday %d', (date, weekday) => expect(weekdayOf(date)).toBe(weekday));

  it('knows which zones exist', () => {
    expect(isTimeZone('Asia/Almaty')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(() => localDate(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('instant of a local time', () => {
  it.each([
    ['Moscow', '2026-12-31', '23:59:59', 'Europe/Moscow', '2026-12-31T20:59:59.000Z'],
    ['London summer', '2026-07-01', '12:00:00', 'Europe/London', '2026-07-01T11:00:00.000Z'],
    [
      'skipped in spring: by the offset before',
      '2026-03-29',
      '01:30:00',
      'Europe/London',
      '2026-03-29T01:30:00.000Z',
    ],
    ['twice in autumn: the first', '2026-10-25', '01:30:00', 'Europe/London', '2026-10-25T00:30:00.000Z'],
    ['before the epoch of a new offset', '2024-02-29', '23:59:59', 'Asia/Almaty', '2024-02-29T17:59:59.000Z'],
  ])('%s', (_, date, time, zone, instant) => expect(iso(instantOfLocal(date, time, zone))).toBe(instant));
});

describe('dates of points', () => {
  it('activates after exactly 24 hours a day of freeze (E10)', () =>
    expect(iso(activateAt(at('2026-11-20T18:40:00+03:00'), 14))).toBe('2026-12-04T15:40:00.000Z'));

  it('does not follow the clocks of a zone', () =>
    expect(iso(activateAt(at('2026-03-28T12:00:00Z'), 1))).toBe('2026-03-29T12:00:00.000Z'));

  it('expires at the end of the day in the zone', () => {
    expect(iso(expireAt(at('2026-12-04T15:40:00Z'), 27, 'Europe/Moscow'))).toBe('2026-12-31T20:59:59.000Z');
    expect(iso(expireAt(at('2026-12-04T21:40:00Z'), 27, 'Europe/Moscow'))).toBe('2027-01-01T20:59:59.000Z');
    expect(expireAt(at('2026-12-04T15:40:00Z'), null, 'Europe/Moscow')).toBeNull();
  });

  it('ends a day that is 25 hours long at its own end', () =>
    expect(iso(endOfDay(at('2026-10-25T00:00:00Z'), 'Europe/London'))).toBe('2026-10-25T23:59:59.000Z'));

  it('never rounds down', () => {
    const last = at('2026-12-31T20:59:59.700Z');
    expect(endOfDay(last, 'Europe/Moscow')).toBe(last);
  });
});
