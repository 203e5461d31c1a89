import { instantOfLocal, localTime } from '@clientele/shared/time';
import { nextByCron, parseCron } from './cron.ts';

export interface LookTimes {
  /** One of the two. */
  everyMinutes: number | null;
  cron: string | null;
  /** HH:MM on the wall of the zone, from inclusive, to exclusive; over midnight where from is later. null: always. */
  windowFrom: string | null;
  windowTo: string | null;
  timeZone: string;
  /** How often in a row it failed. */
  failures: number;
}

const MINUTE_MS = 60_000;
/** Who fails is asked less and less often, but at least so often. */
const LONGEST_PAUSE_MS = 6 * 60 * MINUTE_MS;

/** When to look next, after a look at `now`; null: never. */
export function nextLook(times: LookTimes, now: Date): Date | null {
  const due = nextDue(times, now);
  return due === null ? null : intoWindow(times, due);
}

function nextDue({ everyMinutes, cron, timeZone, failures }: LookTimes, now: Date): Date | null {
  if (cron !== null) {
    const parsed = parseCron(cron);
    return parsed === null ? null : nextByCron(parsed, now, timeZone);
  }
  if (everyMinutes === null) return null;
  const every = everyMinutes * MINUTE_MS;
  const pause = Math.min(every * 2 ** Math.min(failures, 20), Math.max(every, LONGEST_PAUSE_MS));
  return new Date(now.getTime() + pause);
}

function intoWindow({ windowFrom, windowTo, timeZone }: LookTimes, due: Date): Date {
  if (windowFrom === null || windowTo === null) return due;
  const { date, hour, minute } = localTime(due.getTime(), timeZone);
  const wall = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const inside =
    windowFrom <= windowTo ? wall >= windowFrom && wall < windowTo : wall >= windowFrom || wall < windowTo;
  if (inside) return due;
  // Its next beginning: later today, or tomorrow.
  const today = instantOfLocal(date, `${windowFrom}:00`, timeZone);
  if (today > due.getTime()) return new Date(today);
  const tomorrow = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return new Date(instantOfLocal(tomorrow, `${windowFrom}:00`, timeZone));
}
