import { DAY_MS, instantOfLocal, localDate } from '@clientele/shared/time';
import { sql } from 'kysely';
import { byZone, calendarBounds, type Fragment, type Surroundings } from '../../language/index.ts';

/** Columns of a row: which day it is for the shopper, and when the next one begins. @param zone null: the company's */
export function dayColumns(zone: Fragment, surroundings: Surroundings): Fragment {
  const day = byZone(zone, surroundings, (name) => sql`${todayIn(name, surroundings)}::date`);
  const next = byZone(
    zone,
    surroundings,
    (name) => sql`${calendarBounds('DAY', 0, surroundings.now, name).next}::timestamptz`,
  );
  return sql`${day} as today, ${next} as tomorrow`;
}

export function todayIn(zone: string, { now }: Pick<Surroundings, 'now'>): string {
  return localDate(now.getTime(), zone);
}

/** When a day (YYYY-MM-DD) begins in a zone. */
export function midnight(day: string, zone: string): Date {
  return new Date(instantOfLocal(day, '00:00:00', zone));
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/**
 * When the day `day` after today begins for a row `r` with `dayColumns`, or some hours before: clocks may be changed until
 * then, which the next look, on the eve, knows exactly. `int4larger` is `greatest` that makes nothing of no day.
 */
export function beginningSql(day: Fragment): Fragment {
  return sql`(r.tomorrow + make_interval(hours => int4larger(24 * (${day} - r.today - 1) - 3, 0)))`;
}
