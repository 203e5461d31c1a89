import { expect, test } from 'vitest';
import { conditionOf, frequencyBand, gridOf, peopleIn, recencyBand, shadeOf } from './grid.ts';

const cells = [
  { r: 5, f: 1, m: 1, people: 3, sum: '300.00' },
  { r: 5, f: 1, m: 4, people: 1, sum: '900.50' },
  { r: 2, f: 5, m: 5, people: 6, sum: '60000.00' },
];

test('cells of all money scores are put together, the latest buyers on top', () => {
  const grid = gridOf(cells, 'RUB', []);
  expect(grid[0]?.[0]).toEqual({ key: '51', r: 5, f: 1, people: 4, sum: 120_050 });
  expect(grid[3]?.[4]).toMatchObject({ key: '25', people: 6 });
  expect(peopleIn(grid.flat())).toBe(10);
  expect(peopleIn(gridOf(cells, 'RUB', [1, 5]).flat())).toBe(9);
});

test('a cell of a quarter of the largest is half as dark', () => {
  expect([shadeOf(25, 100), shadeOf(0, 100), shadeOf(0, 0)]).toEqual([0.5, 0, 0]);
});

test('rows with the same columns become one question; all five scores ask nothing', () => {
  const leaf = { leaf: 'RFM', model: 'm' };
  expect(conditionOf('m', ['55', '54', '45', '44'], [])).toEqual({
    group: 'ALL',
    of: [{ ...leaf, recency: [4, 5], frequency: [4, 5], monetary: [] }],
  });
  expect(conditionOf('m', ['11', '55', '54', '53', '52', '51'], [4, 5])).toEqual({
    group: 'ANY',
    of: [
      { ...leaf, recency: [1], frequency: [1], monetary: [4, 5] },
      { ...leaf, recency: [5], frequency: [], monetary: [4, 5] },
    ],
  });
});

test('bounds say what a score holds; a score no number leads to holds nothing', () => {
  expect([5, 2, 1].map((score) => recencyBand([7, 30, 90, 365], score))).toEqual([
    { most: 7 },
    { most: 365 },
    { over: 365 },
  ]);
  expect([5, 4, 3, 2].map((score) => recencyBand([1, 1, 1, 10], score))).toEqual([
    { most: 1 },
    null,
    null,
    { most: 10 },
  ]);
  expect([1, 2, 3, 4, 5].map((score) => frequencyBand([2, 2, 3, 8], score))).toEqual([
    { from: 1, to: 1 },
    null,
    { from: 2, to: 2 },
    { from: 3, to: 7 },
    { from: 8, to: null },
  ]);
});
