import { expect, test } from 'vitest';
import { circlesOf, commonArea, distanceOf } from './circles.ts';

test('areas are as the sizes', () => {
  const { first, second } = circlesOf({ first: 400, second: 100, both: 0 }, 80);
  expect([first.r, second.r]).toEqual([80, 40]);
  expect(second.x).toBe(120);
});

test('what is in both is as large in the picture as in the numbers', () => {
  const { first, second } = circlesOf({ first: 1000, second: 600, both: 150 }, 90);
  const share = commonArea(first.r, second.r, second.x) / (Math.PI * first.r ** 2);
  expect(share).toBeCloseTo(0.15, 6);
});

test('one wholly within the other touches it from the inside', () => {
  const { first, second } = circlesOf({ first: 900, second: 100, both: 100 }, 90);
  expect(second.x + second.r).toBeCloseTo(first.r, 6);
});

test('the same people are one circle, nobody is a point', () => {
  expect(circlesOf({ first: 7, second: 7, both: 7 }, 50)).toEqual({
    first: { x: 0, r: 50 },
    second: { x: 0, r: 50 },
  });
  expect(circlesOf({ first: 0, second: 0, both: 0 }, 50)).toEqual({
    first: { x: 0, r: 0 },
    second: { x: 0, r: 0 },
  });
});

test('two equal circles at a radius have the area of the textbook in common', () => {
  const area = 2 * (Math.PI / 3 - Math.sqrt(3) / 4);
  expect(commonArea(1, 1, 1)).toBeCloseTo(area, 9);
  expect(distanceOf(1, 1, area)).toBeCloseTo(1, 9);
});
