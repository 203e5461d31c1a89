import type { Moments } from '@clientele/shared/segments';

/** Whether a moment lies in a window, by its definition: hours between, or names of days on the wall. */
export function naivelyWithin(moments: Moments, at: Date, zone: string, now: Date): boolean {
  const age = now.getTime() - at.getTime();
  switch (moments.kind) {
    case 'ALWAYS':
      return true;
    case 'ROLLING':
      return (
        (moments.days === undefined || age < moments.days * 24 * 3_600_000) &&
        age >= (moments.endedDays ?? 0) * 24 * 3_600_000
      );
    case 'ABSOLUTE':
      return (
        (moments.from === undefined || at >= new Date(moments.from)) &&
        (moments.to === undefined || at < new Date(moments.to))
      );
    case 'CALENDAR':
      return (
        unitOf(moments.unit, onTheWall(now, zone)) - unitOf(moments.unit, onTheWall(at, zone)) ===
        (moments.back ?? 0)
      );
  }
}

interface Wall {
  year: number;
  month: number;
  day: number;
}

export function onTheWall(at: Date, timeZone: string): Wall {
  const [month = 0, day = 0, year = 0] = new Intl.DateTimeFormat('en-US', { timeZone })
    .format(at)
    .split('/')
    .map(Number);
  return { year, month, day };
}

/** Units are counted through, so that one back is one less. */
function unitOf(unit: string, { year, month, day }: Wall): number {
  const days = Date.UTC(year, month - 1, day) / 86_400_000;
  switch (unit) {
    case 'DAY':
      return days;
    case 'WEEK':
      // 5 January 1970 was a Monday.
      return Math.floor((days - 4) / 7);
    case 'MONTH':
      return year * 12 + month;
    case 'QUARTER':
      return year * 4 + Math.floor((month - 1) / 3);
    default:
      return year;
  }
}
