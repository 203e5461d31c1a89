import { BOUNDS, keysOf, objectOf, oneOf, optional, whole } from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import { CALENDAR_UNITS } from '../moments.ts';
import type { CalendarUnit, Moments } from '../moments.ts';
import { instant, problem } from './text-checks.ts';

const days = optional(whole(1, BOUNDS.days));
/** A hundred years back. */
const FARTHEST: { readonly [Unit in CalendarUnit]: number } = {
  DAY: 36_500,
  WEEK: 5_200,
  MONTH: 1_200,
  QUARTER: 400,
  YEAR: 100,
};

const SHAPES: { readonly [Kind in Moments['kind']]: Check } = {
  ALWAYS: objectOf({ kind: oneOf(['ALWAYS']) }),
  ROLLING: objectOf({ kind: oneOf(['ROLLING']), days, endedDays: days }),
  CALENDAR: calendar,
  ABSOLUTE: objectOf({ kind: oneOf(['ABSOLUTE']), from: optional(instant), to: optional(instant) }),
};

/** A window that something can lie in. */
export const momentsCheck: Check = (value, path) => {
  const { kind } = keysOf(value);
  if (!isKind(kind)) return objectOf({ kind: oneOf(Object.keys(SHAPES)) })(value, path);
  const problems = SHAPES[kind](value, path);
  if (problems.length > 0) return problems;
  if (kind === 'ROLLING') return rolling(keysOf(value), path);
  return kind === 'ABSOLUTE' ? absolute(keysOf(value), path) : [];
};

function isKind(kind: unknown): kind is Moments['kind'] {
  return typeof kind === 'string' && Object.hasOwn(SHAPES, kind);
}

function calendar(value: unknown, path: readonly string[]): Problem[] {
  const { unit } = keysOf(value);
  const farthest = CALENDAR_UNITS.find((known) => known === unit);
  const back = whole(0, farthest === undefined ? BOUNDS.days : FARTHEST[farthest]);
  return objectOf({ kind: oneOf(['CALENDAR']), unit: oneOf(CALENDAR_UNITS), back: optional(back) })(
    value,
    path,
  );
}

function rolling(
  { days: within, endedDays }: Readonly<Record<string, unknown>>,
  path: readonly string[],
): Problem[] {
  if (within === undefined && endedDays === undefined)
    return [problem(path, 'REQUIRED', '`days`, `endedDays` or both')];
  const empty = within !== undefined && endedDays !== undefined && Number(endedDays) >= Number(within);
  return empty ? [problem([...path, 'endedDays'], 'RANGE', 'fewer than `days`: else no moment fits')] : [];
}

function absolute({ from, to }: Readonly<Record<string, unknown>>, path: readonly string[]): Problem[] {
  if (from === undefined && to === undefined) return [problem(path, 'REQUIRED', '`from`, `to` or both')];
  const empty = from !== undefined && to !== undefined && Date.parse(String(from)) >= Date.parse(String(to));
  return empty ? [problem([...path, 'to'], 'RANGE', 'after `from`')] : [];
}
