import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, formatQuantity, minorDigits, parseMoney, parseQuantity } from './index.ts';

describe('money as decimal strings', () => {
  it.each([
    ['1990.00', 'RUB', 199_000],
    ['0.01', 'KZT', 1],
    ['-5.50', 'GBP', -550],
    ['1500', 'JPY', 1500],
    ['1.234', 'KWD', 1234],
    ['90071992547409.91', 'EUR', 9_007_199_254_740_991],
  ])('%s %s is %d minor units and back', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
    expect(formatMoney(minor, currency)).toBe(text);
  });

  it.each([
    ['1990', 'RUB'],
    ['1990.0', 'RUB'],
    ['1990.000', 'RUB'],
    ['1500.00', 'JPY'],
    ['1 990.00', 'RUB'],
    ['1990,00', 'RUB'],
    ['+1.00', 'USD'],
    ['01.00', 'USD'],
    ['.50', 'USD'],
    ['1e2.00', 'USD'],
    ['', 'USD'],
    ['90071992547409.92', 'USD'],
    ['١٢.٠٠', 'USD'],
  ])('refuses %j as %s', (text, currency) => expect(parseMoney(text, currency)).toBeNull());

  it('reads minus zero as zero', () => expect(Object.is(parseMoney('-0.00', 'RUB'), 0)).toBe(true));

  it('refuses what is no currency code', () => {
    expect(() => minorDigits('rub')).toThrow(RangeError);
    expect(() => minorDigits('₽')).toThrow(RangeError);
  });

  it('refuses to print a broken amount', () => expect(() => formatMoney(0.5, 'RUB')).toThrow(RangeError));

  it('keeps every amount through text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('RUB', 'JPY', 'KWD'), (minor, currency) => {
        expect(parseMoney(formatMoney(minor, currency), currency)).toBe(minor);
      }),
    );
  });
});

describe('quantities in thousandths', () => {
  it.each([
    ['0.347', 347, '0.347'],
    ['1', 1000, '1'],
    ['1.5', 1500, '1.5'],
    ['1.50', 1500, '1.5'],
    ['20', 20_000, '20'],
    ['1.235', 1235, '1.235'],
  ])('%s is %d thousandths, printed %s', (text, milli, printed) => {
    expect(parseQuantity(text)).toBe(milli);
    expect(formatQuantity(milli)).toBe(printed);
  });

  it.each(['0', '0.000', '-1', '1.2345', '1.', '.5', 'x', ''])('refuses %j', (text) =>
    expect(parseQuantity(text)).toBeNull(),
  );
});
