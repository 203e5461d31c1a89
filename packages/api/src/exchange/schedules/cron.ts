import { instantOfLocal, localTime, weekdayOf } from '@clientele/shared/time';

/** Minutes, hours, days of the month, months, days of the week (1 Monday … 7 Sunday) it is due in. */
export interface Cron {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  /** With both kinds of day given, either is enough, as everywhere. */
  eitherDay: boolean;
}

const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** `0 3 * * 1-5`, with lists, ranges and steps; null for anything else. */
export function parseCron(text: string): Cron | null {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return null;
  const sets = FIELDS.map(([from, to], index) => parseField(fields[index] ?? '', from, to));
  const [minutes, hours, days, months, weekdays] = sets;
  if (!minutes || !hours || !days || !months || !weekdays) return null;
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: new Set([...weekdays].map((day) => (day === 0 ? 7 : day))),
    eitherDay: !fields[2]?.startsWith('*') && !fields[4]?.startsWith('*'),
  };
}

function parseField(text: string, from: number, to: number): Set<number> | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return null;
    const [, first, last, step] = match;
    const start = first === undefined ? from : Number(first);
    const end = last !== undefined ? Number(last) : first === undefined || step !== undefined ? to : start;
    const by = step === undefined ? 1 : Number(step);
    if (start < from || end > to || start > end || by === 0) return null;
    for (let value = start; value <= end; value += by) found.add(value);
  }
  return found;
}

/** A leap day comes at the latest in eight years. */
const MOST_DAYS = 8 * 366 + 1;

/** The first moment after `after` it is due at, on the wall of a zone; null: never (the 30th of February). */
export function nextByCron(cron: Cron, after: Date, zone: string): Date | null {
  const today = localTime(after.getTime(), zone).date;
  for (let day = 0; day < MOST_DAYS; day += 1) {
    const date = new Date(Date.parse(`${today}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
    if (!fits(cron, date)) continue;
    for (const hour of sorted(cron.hours)) {
      for (const minute of sorted(cron.minutes)) {
        const instant = instantOfLocal(date, `${two(hour)}:${two(minute)}:00`, zone);
        if (instant > after.getTime()) return new Date(instant);
      }
    }
  }
  return null;
}

function fits({ days, months, weekdays, eitherDay }: Cron, date: string): boolean {
  if (!months.has(Number(date.slice(5, 7)))) return false;
  const day = days.has(Number(date.slice(8)));
  const weekday = weekdays.has(weekdayOf(date));
  return eitherDay ? day || weekday : day && weekday;
}

function sorted(values: ReadonlySet<number>): number[] {
  return [...values].toSorted((a, b) => a - b);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
