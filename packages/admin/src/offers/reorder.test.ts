import { expect, test } from 'vitest';
import { moved, stepOf } from './reorder.ts';

test.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
  [0, 3, 'abc'],
  [0, -1, 'abc'],
  [5, 0, 'abc'],
])('from %i to %i', (from, to, order) => {
  expect(moved([...'abc'], from, to).join('')).toBe(order);
});

test('arrows move, other keys do not', () => {
  expect(['ArrowUp', 'ArrowDown', 'Enter'].map((key) => stepOf(key))).toEqual([-1, 1, 0]);
});
