import { expect, test } from 'vitest';
import { contactsIn, NEW_TERMS, partGrants, resultOf, usesOf } from './grant-terms.ts';

test.each([
  ['1', 1],
  [' 25 ', 25],
  ['1000', 1_000],
  ['1001', null],
  ['0', null],
  ['', null],
  ['1,5', null],
])('%j purchases are %j', (uses, count) => {
  expect(usesOf({ ...NEW_TERMS, uses })).toBe(count);
});

test('a pasted list is split by lines, commas and columns; what stands twice is asked once', () => {
  const text = '+7 900 000-00-01\r\n\nanna@example.com, +7 900 000-00-01;\t4000123\n';
  expect(contactsIn(text)).toEqual(['+7 900 000-00-01', 'anna@example.com', '4000123']);
  expect(contactsIn(' \n ')).toEqual([]);
});

test('open ones stand apart from what is over', () => {
  const grants = ['REDEEMED', 'OPEN', 'WITHDRAWN', 'OPEN', 'EXPIRED'].map((state, at) => ({ state, at }));
  expect(partGrants(grants)).toEqual({
    open: [
      { state: 'OPEN', at: 1 },
      { state: 'OPEN', at: 3 },
    ],
    past: [
      { state: 'REDEEMED', at: 0 },
      { state: 'WITHDRAWN', at: 2 },
      { state: 'EXPIRED', at: 4 },
    ],
  });
});

test('of those found the ones who got none had it already', () => {
  expect(resultOf({ found: 5, granted: 3, unknown: 2 })).toEqual({ found: 5, granted: 3, had: 2 });
  expect(resultOf(null)).toBeNull();
});
