import { instantOfLocal } from '@clientele/shared/time';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** From the beginning of one day to the end of another, in a zone; null where a day is not named. */
export function daysBetween(
  first: string,
  last: string,
  zone: string,
): { from: string | null; to: string | null } {
  return { from: startOf(first, zone), to: startOf(dayAfter(last), zone) };
}

function startOf(day: string, zone: string): string | null {
  return DAY.test(day) ? new Date(instantOfLocal(day, '00:00:00', zone)).toISOString() : null;
}

function dayAfter(day: string): string {
  if (!DAY.test(day)) return '';
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
