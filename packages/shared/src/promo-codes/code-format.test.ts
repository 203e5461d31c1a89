import { describe, expect, it } from 'vitest';
import {
  capacityOf,
  codeKey,
  formatProblems,
  guessOdds,
  isSafeToGuess,
  mostCodes,
  READABLE_SIGNS,
} from './index.ts';

const format = (pattern: string, alphabet = READABLE_SIGNS) => ({ pattern, alphabet });

describe('the format of codes', () => {
  it('knows signs nobody confuses', () => {
    expect(READABLE_SIGNS).toHaveLength(31);
    expect(codeKey(READABLE_SIGNS)).toBe(READABLE_SIGNS);
    for (const sign of '0O1IL') expect(READABLE_SIGNS).not.toContain(sign);
  });

  it('tells how many codes there can be and how hard one is to guess', () => {
    const six = format('######', '0123456789ABCDEFGHJKMNPQRSTUVWXYZ');
    expect(capacityOf(six)).toBe(1_291_467_969n);
    expect(guessOdds(six, 100_000)).toBe(12_914n);
    expect(capacityOf(format('SALE-####-####'))).toBe(852_891_037_441n);
    expect(capacityOf(format('A-##', '23456789'))).toBe(64n);
  });

  it('calls a pool too small, or too easy to guess, unsafe', () => {
    const four = format('####');
    expect(mostCodes(four)).toBe(923n);
    expect(isSafeToGuess(four, 923)).toBe(true);
    expect(isSafeToGuess(four, 924)).toBe(false);
    expect(isSafeToGuess(format('#', '23'), 1)).toBe(false);
  });

  it.each([
    ['SALE-####', READABLE_SIGNS, []],
    ['ЛЕТО ########', '0123456789', []],
    ['', READABLE_SIGNS, ['pattern REQUIRED']],
    ['SALE', READABLE_SIGNS, ['pattern FORMAT']],
    ['##', READABLE_SIGNS, ['pattern RANGE']],
    ['#'.repeat(33), READABLE_SIGNS, ['pattern RANGE']],
    ['#'.repeat(10_000), READABLE_SIGNS, ['pattern RANGE']],
    ['SALE_####', READABLE_SIGNS, ['pattern FORMAT']],
    ['SALE\u202e####', READABLE_SIGNS, ['pattern FORMAT']],
    ['SALE\u0000####', READABLE_SIGNS, ['pattern FORMAT']],
    [' SALE####', READABLE_SIGNS, ['pattern FORMAT']],
    ['####', '', ['alphabet RANGE']],
    ['####', 'A', ['alphabet RANGE']],
    ['####', 'AAB', ['alphabet DUPLICATE']],
    ['####', 'ABO', ['alphabet FORMAT']],
    ['####', 'abc', ['alphabet FORMAT']],
    ['####', 'АВС', ['alphabet FORMAT']],
    ['####', 'A-B', ['alphabet FORMAT']],
  ])('judges %j with %j', (pattern, alphabet, problems) =>
    expect(formatProblems({ pattern, alphabet }).map(({ field, code }) => `${field} ${code}`)).toEqual(
      problems,
    ),
  );
});
