import type { CalendarUnit, Moments } from '@clientele/shared/segments';

/** How a person says when; each is one shape of `Moments`. */
export type MomentsKind = 'ALWAYS' | 'LAST' | 'BEFORE' | 'BETWEEN' | 'CALENDAR' | 'DATES';
export const MOMENTS_KINDS: readonly MomentsKind[] = [
  'LAST',
  'BEFORE',
  'BETWEEN',
  'CALENDAR',
  'DATES',
  'ALWAYS',
];

export function momentsKindOf(moments: Moments): MomentsKind {
  if (moments.kind === 'ALWAYS') return 'ALWAYS';
  if (moments.kind === 'CALENDAR') return 'CALENDAR';
  if (moments.kind === 'ABSOLUTE') return 'DATES';
  if (moments.endedDays === undefined) return 'LAST';
  return moments.days === undefined ? 'BEFORE' : 'BETWEEN';
}

const USUAL_DAYS = 30;

/** Said another way, with the days that are there already. */
export function momentsAs(kind: MomentsKind, before: Moments): Moments {
  const { days, endedDays } = before.kind === 'ROLLING' ? before : {};
  switch (kind) {
    case 'ALWAYS':
      return { kind: 'ALWAYS' };
    case 'LAST':
      return { kind: 'ROLLING', days: days ?? endedDays ?? USUAL_DAYS };
    case 'BEFORE':
      return { kind: 'ROLLING', endedDays: endedDays ?? days ?? USUAL_DAYS };
    case 'BETWEEN':
      return betweenDays(days, endedDays);
    case 'CALENDAR':
      return before.kind === 'CALENDAR' ? before : { kind: 'CALENDAR', unit: 'MONTH' };
    case 'DATES':
      return before.kind === 'ABSOLUTE' ? before : { kind: 'ABSOLUTE' };
  }
}

function betweenDays(days: number | undefined, endedDays: number | undefined): Moments {
  const ended = endedDays ?? (days === undefined ? USUAL_DAYS : Math.floor(days / 2));
  return { kind: 'ROLLING', days: days !== undefined && days > ended ? days : ended * 2, endedDays: ended };
}

/** After a number of days was written. */
export function momentsWithDays(
  before: Moments,
  name: 'days' | 'endedDays',
  value: number | undefined,
): Moments {
  if (before.kind !== 'ROLLING') return before;
  const { [name]: _before, ...other } = before;
  return value === undefined ? other : { ...other, [name]: value };
}

/** The unit that is now is said without a number. */
export function calendarOf(unit: CalendarUnit, back: number): Moments {
  return back === 0 ? { kind: 'CALENDAR', unit } : { kind: 'CALENDAR', unit, back };
}
