import { expect, it } from 'vitest';
import { decimalReader, inUnits, lineAmount } from './decimal.ts';

const read = decimalReader('.');

it.each([
  ['12.50', { value: 125, scale: 1 }],
  ['-3', { value: -3, scale: 0 }],
  ['0.001', { value: 1, scale: 3 }],
  ['-0.0', { value: 0, scale: 0 }],
  ['1 200', { value: 1200, scale: 0 }],
  ['', null],
  ['.5', null],
  ['1.2.3', null],
  ['1e3', null],
  ['1,5', null],
  ['٣', null],
  ['1234567890123456', null],
])('reads %j', (text, decimal) => {
  expect(read(text)).toEqual(decimal);
  expect(read(text)).toEqual(decimal);
});

it('reads a comma where the file uses one', () =>
  expect(decimalReader(',')('1\u00A0200,5')).toEqual({ value: 12_005, scale: 1 }));

it('gives units only where nothing is lost', () => {
  expect(inUnits({ value: 125, scale: 1 }, 2)).toBe(1250);
  expect(inUnits({ value: 1, scale: 3 }, 2)).toBeNull();
});

it.each([
  ['24 × 3.75', 24_000, { value: 375, scale: 2 }, { minor: 9000, rest: 0 }],
  ['1.235 × 99.90', 1235, { value: 999, scale: 1 }, { minor: 12_338, rest: -350_000 }],
  ['1 × 0.001 is less than half a penny', 1000, { value: 1, scale: 3 }, { minor: 0, rest: 100_000 }],
  ['8 × 0.125 is exact', 8000, { value: 125, scale: 3 }, { minor: 100, rest: 0 }],
  ['1 × 0.005 is rounded up', 1000, { value: 5, scale: 3 }, { minor: 1, rest: -500_000 }],
  [
    'beyond safe products',
    999_999_999,
    { value: 9_999_999, scale: 0 },
    { minor: 999_999_899_000_000, rest: 0 },
  ],
])('%s', (_, quantityMilli, price, amount) =>
  expect(lineAmount(quantityMilli, price, 2)).toEqual(amount.minor > 10 ** 13 ? null : amount),
);
