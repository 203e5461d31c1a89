import { describe, expect, it } from 'vitest';
import { divide, lineGross, toSafeNumber } from './index.ts';

describe('named roundings', () => {
  it.each([
    [597n, 10n, 59n, 60n, 60n],
    [5n, 2n, 2n, 3n, 3n],
    [4n, 2n, 2n, 2n, 2n],
    [1n, 3n, 0n, 0n, 1n],
    [-5n, 2n, -3n, -3n, -2n],
    [-1n, 3n, -1n, 0n, 0n],
  ])('%d / %d', (numerator, denominator, floor, halfUp, ceil) => {
    expect(divide(numerator, denominator, 'FLOOR')).toBe(floor);
    expect(divide(numerator, denominator, 'HALF_UP')).toBe(halfUp);
    expect(divide(numerator, denominator, 'CEIL')).toBe(ceil);
  });

  it('refuses a denominator of zero or less', () => {
    expect(() => divide(1n, 0n, 'FLOOR')).toThrow(RangeError);
    expect(() => divide(1n, -1n, 'CEIL')).toThrow(RangeError);
  });

  it('refuses to lose digits', () => {
    expect(() => toSafeNumber(2n ** 53n)).toThrow(RangeError);
    expect(toSafeNumber(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('gross of a line', () => {
  it.each([
    [1235, 9990, 12_338],
    [3000, 11_100, 33_300],
    [347, 100, 35],
    [500, 1, 1],
    [499, 1, 0],
  ])('%d thousandths at %d is %d', (quantity, price, gross) =>
    expect(lineGross(quantity, price)).toBe(gross),
  );
});
