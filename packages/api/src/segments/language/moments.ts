import type { CalendarUnit, Moments } from '@clientele/shared/segments';
import { DAY_MS, instantOfLocal, localTime, weekdayOf } from '@clientele/shared/time';
import { sql } from 'kysely';
import { earliest } from './feature.ts';
import { byZone } from './by-zone.ts';
import { allOf, TRUE, type Fragment } from './fragment.ts';
import { zonesOf, type Surroundings } from './surroundings.ts';

/** Whether a moment lies in the window, and when that changes by itself. */
export interface WithinMoments {
  readonly within: boolean;
  readonly changesAt: Date | null;
}

export interface WithinMomentsSql {
  readonly within: Fragment;
  /** timestamptz of each row; null: never. */
  readonly changesAt: Fragment | null;
}

/** @param zone whose calendar counts for this moment */
export function withinMoments(
  moments: Moments,
  at: Date,
  zone: string,
  { now }: Pick<Surroundings, 'now'>,
): WithinMoments {
  switch (moments.kind) {
    case 'ALWAYS':
      return { within: true, changesAt: null };
    case 'ABSOLUTE':
      return {
        within:
          (moments.from === undefined || at.getTime() >= Date.parse(moments.from)) &&
          (moments.to === undefined || at.getTime() < Date.parse(moments.to)),
        changesAt: null,
      };
    case 'CALENDAR': {
      const { from, to, next } = calendarBounds(moments.unit, moments.back ?? 0, now, zone);
      return { within: at >= from && at < to, changesAt: at >= from ? next : null };
    }
    case 'ROLLING': {
      const enters = at.getTime() + (moments.endedDays ?? 0) * DAY_MS;
      if (enters > now.getTime()) return { within: false, changesAt: new Date(enters) };
      if (moments.days === undefined) return { within: true, changesAt: null };
      const leaves = at.getTime() + moments.days * DAY_MS;
      return leaves > now.getTime()
        ? { within: true, changesAt: new Date(leaves) }
        : { within: false, changesAt: null };
    }
  }
}

/**
 * The same over rows.
 * @param at a column of timestamptz, never null
 * @param zone a column with the zone whose calendar counts; null: the company's
 */
export function withinMomentsSql(
  moments: Moments,
  at: Fragment,
  zone: Fragment | null,
  surroundings: Surroundings,
): WithinMomentsSql {
  switch (moments.kind) {
    case 'ALWAYS':
      return { within: TRUE, changesAt: null };
    case 'ABSOLUTE':
      return {
        within: allOf([
          ...(moments.from === undefined ? [] : [sql`${at} >= ${moments.from}::timestamptz`]),
          ...(moments.to === undefined ? [] : [sql`${at} < ${moments.to}::timestamptz`]),
        ]),
        changesAt: null,
      };
    case 'CALENDAR':
      return calendarSql(moments.unit, moments.back ?? 0, at, zone, surroundings);
    case 'ROLLING':
      return rollingSql(moments, at, surroundings);
  }
}

function rollingSql(
  { days, endedDays = 0 }: Extract<Moments, { kind: 'ROLLING' }>,
  at: Fragment,
  { now }: Surroundings,
): WithinMomentsSql {
  const end = daysBefore(now, endedDays);
  const entered = sql`${at} <= ${end}::timestamptz`;
  const enters = plusDays(at, endedDays);
  if (days === undefined) {
    return { within: entered, changesAt: sql`case when not ${entered} then ${enters} end` };
  }
  const staying = sql`${at} > ${daysBefore(now, days)}::timestamptz`;
  return {
    within: sql`(${staying} and ${entered})`,
    changesAt: sql`case when not ${entered} then ${enters} when ${staying} then ${plusDays(at, days)} end`,
  };
}

function calendarSql(
  unit: CalendarUnit,
  back: number,
  at: Fragment,
  zone: Fragment | null,
  surroundings: Surroundings,
): WithinMomentsSql {
  const of = (name: string) => calendarBounds(unit, back, surroundings.now, name);
  const pick = (bound: (name: string) => Date): Fragment =>
    byZone(zone, surroundings, (name) => sql`${bound(name)}::timestamptz`);
  const from = pick((name) => of(name).from);
  return {
    within: sql`(${at} >= ${from} and ${at} < ${pick((name) => of(name).to)})`,
    changesAt: sql`case when ${at} >= ${from} then ${pick((name) => of(name).next)} end`,
  };
}

/** What happened before cannot lie in the moments, now or later; null: anything can. */
export function sinceOf(moments: Moments, surroundings: Surroundings): Date | null {
  switch (moments.kind) {
    case 'ALWAYS':
      return null;
    case 'ABSOLUTE':
      return moments.from === undefined ? null : new Date(moments.from);
    case 'CALENDAR': {
      const starts = zonesOf(surroundings).map(
        (zone) => calendarBounds(moments.unit, moments.back ?? 0, surroundings.now, zone).from,
      );
      return earliest(starts);
    }
    case 'ROLLING':
      return moments.days === undefined ? null : daysBefore(surroundings.now, moments.days);
  }
}

/** A day here is 24 hours, wherever clocks are changed: exact to the second, and the same in SQL and TypeScript. */
export function plusDays(at: Fragment, days: number): Fragment {
  return days === 0 ? at : sql`(${at} + ${`${days * 24} hours`}::interval)`;
}

export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

interface CalendarBounds {
  readonly from: Date;
  readonly to: Date;
  /** When the unit that is now ends: everything moves on then. */
  readonly next: Date;
}

// Clocks on walls are dear to tell, and hundreds of conditions asked at one moment tell few of them.
const told = new WeakMap<Date, Map<string, CalendarBounds>>();

/** The unit that lies `back` units before the one that is now. */
export function calendarBounds(unit: CalendarUnit, back: number, now: Date, zone: string): CalendarBounds {
  const bounds = told.get(now) ?? new Map<string, CalendarBounds>();
  told.set(now, bounds);
  const key = `${unit} ${back} ${zone}`;
  const known = bounds.get(key) ?? reckonBounds(unit, back, now, zone);
  bounds.set(key, known);
  return known;
}

function reckonBounds(unit: CalendarUnit, back: number, now: Date, zone: string): CalendarBounds {
  const today = localTime(now.getTime(), zone).date;
  const midnight = (day: string): Date => new Date(instantOfLocal(day, '00:00:00', zone));
  return {
    from: midnight(unitStart(unit, today, -back)),
    to: midnight(unitStart(unit, today, 1 - back)),
    next: midnight(unitStart(unit, today, 1)),
  };
}

/** First day of the unit `ahead` units after the one of `day`. */
function unitStart(unit: CalendarUnit, day: string, ahead: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  switch (unit) {
    case 'DAY':
      return utcDay(year, month, date + ahead);
    case 'WEEK':
      return utcDay(year, month, date + 1 - weekdayOf(day) + 7 * ahead);
    case 'MONTH':
      return utcDay(year, month + ahead, 1);
    case 'QUARTER':
      return utcDay(year, month - ((month - 1) % 3) + 3 * ahead, 1);
    case 'YEAR':
      return utcDay(year + ahead, 1, 1);
  }
}

function utcDay(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}
