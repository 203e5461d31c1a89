import { expect, test } from 'vitest';
import { addDuration } from './duration.ts';

test.each([
  ['2026-11-22T09:00:00Z', 'P15D', '2026-12-07T09:00:00.000Z'],
  ['2026-11-22T09:00:00Z', 'PT30M', '2026-11-22T09:30:00.000Z'],
  ['2026-11-22T09:00:00Z', 'P1Y2M3DT4H5M6S', '2028-01-25T13:05:06.000Z'],
  ['2026-11-22T09:00:00Z', 'P2W', '2026-12-06T09:00:00.000Z'],
  ['2027-01-31T00:00:00Z', 'P1M', '2027-02-28T00:00:00.000Z'],
  ['2028-02-29T12:00:00Z', 'P1Y', '2029-02-28T12:00:00.000Z'],
])('%s and %s make %s', (start, duration, end) => {
  expect(addDuration(new Date(start), duration)?.toISOString()).toBe(end);
});

test.each(['P', 'PT', 'P1', '1D', 'P-1D', 'PT1D', 'P1H', 'P0D', ' P1D', 'P1DT', 'P9999999D'])(
  '%j is no step forward',
  (duration) => {
    expect(addDuration(new Date('2026-11-22T09:00:00Z'), duration)).toBeNull();
  },
);
