import { expect, test } from 'vitest';
import { linePoints, usesByDay } from './day-line.ts';

test('days without a use count as none', () => {
  const known = [
    { day: '2026-11-20', uses: 3 },
    { day: '2026-11-22', uses: 1 },
    { day: '2026-10-01', uses: 9 },
  ];
  expect(usesByDay(known, '2026-11-22', 4)).toEqual([0, 3, 0, 1]);
});

test('the line fills its box', () => {
  expect(linePoints([0, 3, 0, 1], 90, 20)).toBe('0,20 30,0 60,20 90,13.3');
  expect(linePoints([0, 0], 90, 20)).toBe('0,20 90,20');
  expect(linePoints([], 90, 20)).toBe('');
});
