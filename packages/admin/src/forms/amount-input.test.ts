import { expect, test } from 'vitest';
import { readScaled, writeScaled } from './amount-input.ts';

test.each([
  ['12,5', 100, 1_250],
  ['12.50', 100, 1_250],
  ['1 990', 100, 199_000],
  ['7', 1, 7],
  ['1,5', 10_000, 15_000],
  ['', 100, undefined],
  ['  ', 100, undefined],
  ['7,5', 1, null],
  ['1,234', 100, null],
  ['-5', 100, null],
  ['пять', 100, null],
  ['99999999999999999999', 100, null],
])('%j by %j is %j', (text, scale, value) => {
  expect(readScaled(text, scale)).toBe(value);
});

test.each([
  [1_250, 100, 'ru', '12,5'],
  [1_250, 100, 'en', '12.5'],
  [1_000, 100, 'ru', '10'],
  [5, 100, 'ru', '0,05'],
  [0, 100, 'ru', '0'],
  [15_000, 10_000, 'ru', '1,5'],
  [7, 1, 'ru', '7'],
  [undefined, 100, 'ru', ''],
])('%j by %j in %s is written %j', (value, scale, language, text) => {
  expect(writeScaled(value, scale, language)).toBe(text);
});
