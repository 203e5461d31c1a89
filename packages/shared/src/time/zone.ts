/** A moment: milliseconds since 1970-01-01T00:00:00Z, as `Date.getTime()` gives it. */
export type Instant = number;

/** The calendar and clock on the wall of a time zone. `weekday` is ISO: Monday 1 … Sunday 7. */
export interface LocalTime {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
}

// Making a formatter costs far more than using it, and a server knows few zones.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether the name is an IANA time zone this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return formatter(zone) !== undefined;
  } catch {
    return false;
  }
}

/** What the wall shows at an instant in a zone. @throws RangeError for an unknown zone */
export function localTime(instant: Instant, zone: string): LocalTime {
  const parts = new Map(
    formatter(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const date = [parts.get('year')?.padStart(4, '0'), parts.get('month'), parts.get('day')].join('-');
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
  return { date, hour, minute, second, weekday: weekdayOf(date) };
}

/** ISO weekday of a calendar date YYYY-MM-DD: Monday 1 … Sunday 7. */
export function weekdayOf(date: string): number {
  const daysSinceThursday = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  return ((((daysSinceThursday + 3) % 7) + 7) % 7) + 1;
}

/**
 * The instant at which a zone's wall shows `date` and `time`. A time skipped by a clock change counts with the
 * offset before it; one that comes twice is the first.
 * @param date YYYY-MM-DD
 * @param time HH:MM:SS
 */
export function instantOfLocal(date: string, time: string, zone: string): Instant {
  const asUtc = Date.parse(`${date}T${time}Z`);
  // The offset is that of the result, not of the guess: look on both sides of the guess.
  const candidates = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => asUtc - offsetAt(near, zone));
  const exact = candidates.filter((instant) => instant + offsetAt(instant, zone) === asUtc);
  return exact.length > 0 ? Math.min(...exact) : (candidates[0] ?? asUtc);
}

/** Milliseconds of 24 hours; not of a calendar day where clocks change. */
export const DAY_MS = 86_400_000;

function offsetAt(instant: Instant, zone: string): number {
  const local = localTime(instant, zone);
  const wall = Date.parse(
    `${local.date}T${twoDigits(local.hour)}:${twoDigits(local.minute)}:${twoDigits(local.second)}Z`,
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}
