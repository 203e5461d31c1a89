import { expect, test } from 'vitest';
import { dayBars } from './day-bars.ts';

test('24 hours up to this one, empty ones too, measured by the highest', () => {
  const bars = dayBars(
    [
      { hour: '2026-11-22T08:00:00.000Z', counts: { accepted: 6, unchanged: 2, refused: 2 } },
      { hour: '2026-11-22T09:00:00.000Z', counts: { accepted: 0, unchanged: 0, refused: 5 } },
      { hour: '2026-11-20T09:00:00.000Z', counts: { accepted: 900, unchanged: 0, refused: 0 } },
    ],
    Date.parse('2026-11-22T09:59:00Z'),
  );
  expect(bars).toHaveLength(24);
  expect(bars.at(0)).toEqual({
    hour: '2026-11-21T10:00:00.000Z',
    taken: 0,
    refused: 0,
    takenShare: 0,
    refusedShare: 0,
  });
  expect(
    bars
      .slice(-2)
      .map(({ taken, refused, takenShare, refusedShare }) => [taken, refused, takenShare, refusedShare]),
  ).toEqual([
    [8, 2, 0.8, 0.2],
    [0, 5, 0, 0.5],
  ]);
});
