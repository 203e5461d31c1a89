import { expect, test } from 'vitest';
import { inputOf, isByCode, newPool, sampleCode, valuesOf } from './pool-form.ts';

test('a new pool asks for what its kind has, and nothing else', () => {
  const values = { ...newPool('p'), name: ' Осень ', usesTotal: '5' };
  expect(inputOf(values)).toEqual({
    promotionId: 'p',
    name: 'Осень',
    pattern: 'SALE-####-####',
    validFrom: null,
    validTo: null,
    validDays: 30,
    usesTotal: null,
    usesPerShopper: null,
    freeOnReturn: true,
  });
  const generic = { ...values, kind: 'GENERIC' as const, usesTotal: '1 000', usesPerShopper: '' };
  expect(inputOf(generic)).toMatchObject({
    pattern: null,
    validDays: null,
    usesTotal: 1_000,
    usesPerShopper: null,
  });
  expect(inputOf({ ...values, made: false }).pattern).toBeNull();
});

test('what is no number is left to the server to refuse', () => {
  for (const validDays of ['-1', '1.5', 'x', '1e9', '9'.repeat(20)])
    expect(inputOf({ ...newPool('p'), validDays }).validDays).toBe(0);
});

test('what is saved comes back into the form', () => {
  const pool = {
    kind: 'GENERIC' as const,
    name: 'Лето',
    promotion: { id: 'p' },
    words: ['ЛЕТО10'],
    pattern: null,
    validFrom: null,
    validTo: '2026-12-01T00:00:00Z',
    validDays: null,
    usesTotal: 100,
    usesPerShopper: null,
    freeOnReturn: false,
  };
  expect(inputOf(valuesOf(pool))).toMatchObject({ promotionId: 'p', usesTotal: 100, freeOnReturn: false });
});

test('a sample is of the pattern', () => {
  expect(sampleCode('SALE-####-####')).toMatch(/^SALE-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  expect(sampleCode('A')).toBe('A');
});

test('only a promotion that asks for a code has codes', () => {
  expect(isByCode({ conditions: [{ kind: 'FIRST_ORDER' }, { kind: 'PROMO_CODE' }] })).toBe(true);
  for (const rules of [{ conditions: [] }, { conditions: [null] }, {}, null, 'x'])
    expect(isByCode(rules)).toBe(false);
});
