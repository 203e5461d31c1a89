import { expect, it } from 'vitest';
import { codeKey, isCodeKey } from './index.ts';

it.each([
  ['sale-2345', 'SA1E2345'],
  [' SALE 2345 ', 'SA1E2345'],
  ['SALE–2345', 'SA1E2345'],
  // All Cyrillic: САЕ, and М, Н, Р of it.
  ['САЕМНР', 'CAEMHP'],
  ['саемнр', 'CAEMHP'],
  ['ＳＡＬＥ２', 'SA1E2'],
  ['\u202eSA\u200bLE2\u00a0', 'SA1E2'],
  ['O0oО', '0000'],
  ['1IlіІ', '11111'],
  ['лето10', 'ЛET010'],
  ['ЁЛКА', 'EЛKA'],
  ['x'.repeat(201), ''],
  ['', ''],
])('%j is %j', (typed, key) => expect(codeKey(typed)).toBe(key));

it('takes three to sixty-four letters and digits', () => {
  expect(['ABC', 'ЛETO', '7'.repeat(64)].map(isCodeKey)).toEqual([true, true, true]);
  expect(['', 'AB', 'A'.repeat(65), 'A%B', 'A\u0000B', '😀😀😀'].map(isCodeKey)).toEqual(
    Array.from({ length: 6 }, () => false),
  );
});
