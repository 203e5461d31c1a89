import { expect, test } from 'vitest';
import { balanceAfter, endOfDay, needOf, pointsOf, startOfDay } from './correction-form.ts';

test.each([
  ['50', 50],
  ['+50', 50],
  ['−50', -50],
  [' -1 000 ', -1_000],
  ['0', null],
  ['1.5', null],
  ['2147483648', null],
  ['1e3', null],
  ['', null],
])('points are read: %j', (text, points) => {
  expect(pointsOf(text)).toBe(points);
});

const account = { active: 100, pending: 20, debt: 0 };

test('a plus at once, a plus from a day on, a minus, one of too much', () => {
  expect(balanceAfter(account, 30, false)).toEqual({ active: 130, pending: 20, repaid: 0, missing: 0 });
  expect(balanceAfter(account, 30, true)).toEqual({ active: 100, pending: 50, repaid: 0, missing: 0 });
  expect(balanceAfter(account, -40, false)).toEqual({ active: 60, pending: 20, repaid: 0, missing: 0 });
  expect(balanceAfter(account, -140, false)).toEqual({ active: 0, pending: 20, repaid: 0, missing: 40 });
});

test('a plus repays the debt first', () => {
  const owing = { active: 0, pending: 0, debt: 57 };
  expect(balanceAfter(owing, 90, false)).toEqual({ active: 33, pending: 0, repaid: 57, missing: 0 });
  expect(balanceAfter(owing, 10, false)).toEqual({ active: 0, pending: 0, repaid: 10, missing: 0 });
});

test('a second person is needed above the sum, and above the day', () => {
  const rules = { approveAbove: 1_000, perDay: 1_500, correctedToday: 600 };
  expect([900, 901, 1_000, 1_001, -1_001].map((points) => needOf(rules, points))).toEqual([
    null,
    'PER_DAY',
    'PER_DAY',
    'SUM',
    'SUM',
  ]);
  expect(needOf({ approveAbove: null, perDay: null, correctedToday: 9 }, 1_000_000)).toBeNull();
});

test('days become instants, nothing stays nothing', () => {
  expect([startOfDay(''), endOfDay('yesterday')]).toEqual([null, null]);
  expect(
    new Date(endOfDay('2026-12-31') ?? '').getTime() - new Date(startOfDay('2026-12-31') ?? '').getTime(),
  ).toBe(86_399_000);
});
