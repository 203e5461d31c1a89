import { expect, test } from 'vitest';
import { axisOf, changeOf, chartOf, lineOf } from './size-chart.ts';

test('the axis has round steps, and nought only where sizes come near it', () => {
  expect(axisOf([0, 7, 12])).toEqual({ from: 0, to: 15, step: 5 });
  expect(axisOf([7_914, 8_020, 7_950])).toEqual({ from: 7_900, to: 8_050, step: 50 });
  expect(axisOf([5, 5])).toEqual({ from: 5, to: 6, step: 1 });
  expect(axisOf([0])).toEqual({ from: 0, to: 1, step: 1 });
});

test('days stand as far apart as they are', () => {
  const { points } = chartOf(
    [
      { day: '2026-11-01', size: 0 },
      { day: '2026-11-02', size: 10 },
      { day: '2026-11-05', size: 20 },
    ],
    100,
    50,
  );
  expect(lineOf(points)).toBe('0,50 25,25 100,0');
});

test('one day is a point at the right, none is nothing', () => {
  expect(lineOf(chartOf([{ day: '2026-11-01', size: 3 }], 100, 50).points)).toBe('100,50');
  expect(chartOf([], 100, 50)).toEqual({ points: [], ticks: [] });
});

test('a change is people and parts of what was', () => {
  expect(changeOf(110, 100)).toEqual({ by: 10, share: 0.1 });
  expect(changeOf(5, 0)).toEqual({ by: 5, share: null });
  expect(changeOf(5, null)).toBeNull();
});
