import type { Random } from '../../random.ts';

const DAY = 86_400_000;
/** How much is bought in each month, January first, against the busiest. */
const MONTHS = [0.72, 0.68, 0.86, 0.8, 0.82, 0.74, 0.7, 0.88, 0.9, 0.82, 0.94, 1];
/** Of a week, Sunday first. */
const WEEKDAYS = [0.92, 0.68, 0.66, 0.7, 0.74, 0.9, 1];

/**
 * A moment people shop at: within opening hours of the store's own day, busier towards the evening, before holidays and
 * at weekends. @param from @param to milliseconds since 1970 @param offset hours the store is ahead of UTC
 */
export function shoppingMoment(
  random: Random,
  { from, to, offset }: { from: number; to: number; offset: number },
): number {
  for (;;) {
    const drawn = from + random.next() * (to - from);
    const day = new Date(drawn + offset * 3_600_000);
    const weight = (MONTHS[day.getUTCMonth()] ?? 1) * (WEEKDAYS[day.getUTCDay()] ?? 1);
    if (!random.chance(weight)) continue;
    const midnight = Math.floor((drawn + offset * 3_600_000) / DAY) * DAY - offset * 3_600_000;
    const seconds = Math.floor((10 + Math.sqrt(random.next()) * 11) * 3_600 + random.next() * 60);
    const at = midnight + seconds * 1_000;
    if (at > to) return Math.floor(drawn / 1_000) * 1_000;
    return Math.max(at, Math.ceil(from / 1_000) * 1_000);
  }
}

/** At any hour, most of all in the evening. */
export function onlineMoment(random: Random, from: number, to: number): number {
  const drawn = from + random.next() * (to - from);
  const midnight = Math.floor(drawn / DAY) * DAY;
  const at = midnight + Math.floor((5 + Math.sqrt(random.next()) * 17) * 3_600) * 1_000;
  return at > to || at < from ? Math.floor(drawn / 1_000) * 1_000 : at;
}
