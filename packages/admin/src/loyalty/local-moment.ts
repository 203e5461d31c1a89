import { instantOfLocal, localTime } from '@clientele/shared/time';

/** The instant at which the wall of a zone shows a date and time of a field: "2026-12-01", "09:00"; null: not filled. */
export function instantOfFields(date: string, time: string, zone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time)) return null;
  const instant = instantOfLocal(date, `${time}:00`, zone);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}

/** What the fields show of an instant. */
export function fieldsOfInstant(instant: string, zone: string): { date: string; time: string } {
  const { date, hour, minute } = localTime(Date.parse(instant), zone);
  return { date, time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}

/** Tomorrow at nine on the wall of the zone: the usual moment for new rules. */
export function tomorrowMorning(now: number, zone: string): { date: string; time: string } {
  return { date: localTime(now + 86_400_000, zone).date, time: '09:00' };
}

export interface Countdown {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** What is left until an instant; null once it has come. */
export function countdown(until: string, now: number): Countdown | null {
  const left = Math.ceil((Date.parse(until) - now) / 1000);
  if (Number.isNaN(left) || left <= 0) return null;
  return {
    days: Math.floor(left / 86_400),
    hours: Math.floor(left / 3600) % 24,
    minutes: Math.floor(left / 60) % 60,
    seconds: left % 60,
  };
}
