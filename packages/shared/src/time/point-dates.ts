import { DAY_MS, instantOfLocal, localTime } from './zone.ts';
import type { Instant } from './zone.ts';

/** Calendar date YYYY-MM-DD of an instant in a zone. */
export function localDate(instant: Instant, zone: string): string {
  return localTime(instant, zone).date;
}

/** 23:59:59 of the instant's day in the zone; an instant within that last second stays as it is. */
export function endOfDay(instant: Instant, zone: string): Instant {
  return Math.max(instant, instantOfLocal(localDate(instant, zone), '23:59:59', zone));
}

/** Exactly `days` × 24 hours later, whatever the clocks do. */
export function addDays(instant: Instant, days: number): Instant {
  return instant + days * DAY_MS;
}

/** When points of a purchase become spendable: `freezeDays` × 24 hours after it. */
export function activateAt(occurredAt: Instant, freezeDays: number): Instant {
  return addDays(occurredAt, freezeDays);
}

/** When points expire: `ttlDays` after activation, rounded up to the end of that day in the zone; null = never. */
export function expireAt(activation: Instant, ttlDays: number | null, zone: string): Instant | null {
  return ttlDays === null ? null : endOfDay(addDays(activation, ttlDays), zone);
}
