import { instantOfLocal, localDate, DAY_MS, type Instant } from '@clientele/shared/time';

/** A birthday whose points can be given now. */
export interface Birthday {
  /** YYYY-MM-DD of this celebration. */
  readonly date: string;
  /** Month and day people were born on who celebrate then: MM-DD. */
  readonly born: readonly string[];
  /** When its points end: the last second of the last day. */
  readonly endsAt: Instant;
}

/** Who was born on 29 February celebrates on the 28th in other years. */
const LEAP_DAY = '02-29';

/**
 * The birthdays whose window a moment is in: from `daysBefore` days before to the end of the day `daysAfter` after.
 * @param zone whose days they are
 */
export function birthdaysAround(
  now: Instant,
  { daysBefore, daysAfter }: { daysBefore: number; daysAfter: number },
  zone: string,
): Birthday[] {
  const today = localDate(now, zone);
  return Array.from({ length: daysBefore + daysAfter + 1 }, (_, index) => {
    const date = later(today, index - daysAfter);
    const day = date.slice(5);
    return {
      date,
      born: day === '02-28' && later(date, 1).slice(5) !== LEAP_DAY ? [day, LEAP_DAY] : [day],
      endsAt: instantOfLocal(later(date, daysAfter), '23:59:59', zone),
    };
  });
}

/** Calendar days, whatever the clocks do. */
function later(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
