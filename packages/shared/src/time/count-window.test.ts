import { expect, test } from 'vitest';
import { boundsOf } from './count-window.ts';

const MOSCOW = 'Europe/Moscow';
/** A Sunday, one hour before Moscow’s midnight. */
const at = Date.parse('2026-11-22T20:00:00Z');

function shown(kind: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' | 'ALWAYS') {
  const { from, to } = boundsOf({ kind }, at, MOSCOW);
  return [from, to].map((end) => (end === null ? null : new Date(end).toISOString()));
}

test('calendar windows are those of the zone, weeks begin on Monday', () => {
  expect(shown('DAY')).toEqual(['2026-11-21T21:00:00.000Z', '2026-11-22T21:00:00.000Z']);
  expect(shown('WEEK')).toEqual(['2026-11-15T21:00:00.000Z', '2026-11-22T21:00:00.000Z']);
  expect(shown('MONTH')).toEqual(['2026-10-31T21:00:00.000Z', '2026-11-30T21:00:00.000Z']);
  expect(shown('YEAR')).toEqual(['2025-12-31T21:00:00.000Z', '2026-12-31T21:00:00.000Z']);
  expect(shown('ALWAYS')).toEqual([null, null]);
});

test('a day of a clock change is 23 or 25 hours long, a rolling window always full', () => {
  const london = 'Europe/London';
  const spring = boundsOf({ kind: 'DAY' }, Date.parse('2026-03-29T12:00:00Z'), london);
  expect((spring.to ?? 0) - (spring.from ?? 0)).toBe(23 * 3_600_000);
  const rolling = boundsOf({ kind: 'ROLLING', days: 2 }, at, london);
  expect(rolling).toEqual({ from: at - 48 * 3_600_000 + 1, to: at + 1 });
});
