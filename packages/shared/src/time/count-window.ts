import type { CountWindow } from '../rules/index.ts';
import { addDays, localDate } from './point-dates.ts';
import { DAY_MS, instantOfLocal, weekdayOf, type Instant } from './zone.ts';

/** From inclusive, to exclusive; null: without an end on that side. */
export interface WindowBounds {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/**
 * The window an instant falls into. Weeks begin on Monday. ROLLING ends with the instant itself: what happened exactly so
 * many days before is out of it again.
 */
export function boundsOf(window: CountWindow, at: Instant, zone: string): WindowBounds {
  if (window.kind === 'ALWAYS') return { from: null, to: null };
  if (window.kind === 'ROLLING') return { from: addDays(at, -window.days) + 1, to: at + 1 };
  const [first, next] = calendarWindow(window.kind, localDate(at, zone));
  return { from: instantOfLocal(first, '00:00:00', zone), to: instantOfLocal(next, '00:00:00', zone) };
}

/** First day of the window, and of the one after it. */
function calendarWindow(kind: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR', day: string): readonly [string, string] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  switch (kind) {
    case 'DAY':
      return [day, dayAfter(day, 1)];
    case 'WEEK': {
      const monday = dayAfter(day, 1 - weekdayOf(day));
      return [monday, dayAfter(monday, 7)];
    }
    case 'MONTH':
      return [`${day.slice(0, 7)}-01`, utcDay(Date.UTC(year, month, 1))];
    case 'YEAR':
      return [`${day.slice(0, 4)}-01-01`, utcDay(Date.UTC(year + 1, 0, 1))];
  }
}

function dayAfter(day: string, days: number): string {
  return utcDay(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
}

function utcDay(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}
