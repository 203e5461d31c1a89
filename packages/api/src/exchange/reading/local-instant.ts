import { DAY_MS, instantOfLocal } from '@clientele/shared/time';
import type { Instant } from '@clientele/shared/time';

const LOCAL = /^(\d{4}-\d\d-\d\d)[ T](\d\d):([0-5]\d)(?::([0-5]\d))?(?:\.\d+)?$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const KEPT_DAYS = 5_000;

/**
 * A reader of moments: on the wall of a zone (`2010-12-01 08:45:00`), or with an offset (ISO 8601). Looking into a
 * zone's rules is slow, so the beginning of each day is remembered, a bounded number of them.
 * @returns null for anything that is no such moment of the calendar
 */
export function instantReader(zone: string): (text: string) => Instant | null {
  const days = new Map<string, Day>();
  let lastText = '';
  let last: Instant | null = null;

  function dayOf(date: string): Day {
    const known = days.get(date);
    if (known !== undefined) return known;
    if (days.size >= KEPT_DAYS) days.clear();
    const found = readDay(date, zone);
    days.set(date, found);
    return found;
  }

  function read(text: string): Instant | null {
    const local = LOCAL.exec(text);
    if (local === null) return withOffset(text);
    const [, date = '', hour = '', minute = '', second = '00'] = local;
    const start = dayOf(date);
    if (start === 'NONE' || hour > '23') return null;
    return start === 'CHANGING'
      ? instantOfLocal(date, `${hour}:${minute}:${second}`, zone)
      : start + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000;
  }

  return (text) => {
    // Lines of one order stand together and have one time.
    if (text !== lastText) {
      last = read(text);
      lastText = text;
    }
    return last;
  };
}

/** When a day of a wall begins. NONE: no calendar has it. CHANGING: clocks are changed on it. */
type Day = Instant | 'NONE' | 'CHANGING';

function readDay(date: string, zone: string): Day {
  if (!isDate(date)) return 'NONE';
  const first = instantOfLocal(date, '00:00:00', zone);
  const isPlain = instantOfLocal(date, '23:59:59', zone) - first === DAY_MS - 1000;
  return isPlain ? first : 'CHANGING';
}

function withOffset(text: string): Instant | null {
  if (!WITH_OFFSET.test(text) || !isDate(text.slice(0, 10))) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

function isDate(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
