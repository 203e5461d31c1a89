import { expect, test } from 'vitest';
import { decimalOf, incidentFacts } from './incident-words.ts';

test.each([
  ['DEBT', { clawed: 57, debt: 40 }, { kind: 'DEBT', clawed: 57, debt: 40 }],
  [
    'LIMIT_EXCEEDED',
    { promotions: [{ title: 'Скидка' }, { promotionId: 'x' }] },
    { kind: 'LIMIT_EXCEEDED', titles: ['Скидка'] },
  ],
  [
    'CODE_USED_TWICE',
    { codes: [{ code: 'AB12', usedBy: 'y' }] },
    { kind: 'CODE_USED_TWICE', codes: ['AB12'] },
  ],
  [
    'RULE_FAILED',
    { promotionId: 'p', title: 'Сломанная' },
    { kind: 'RULE_FAILED', title: 'Сломанная', promotionId: 'p' },
  ],
  [
    'CLOCK_SKEW',
    { told: '2026-11-22T12:30:00Z', server: '2026-11-22T12:00:00Z' },
    { kind: 'CLOCK_SKEW', told: '2026-11-22T12:30:00Z', server: '2026-11-22T12:00:00Z', minutes: 30 },
  ],
] as const)('facts of %s', (kind, facts, told) => {
  expect(incidentFacts(kind, facts)).toEqual(told);
});

test('what is not there is nothing, whatever else stands there', () => {
  expect(incidentFacts('DEBT', null)).toEqual({ kind: 'DEBT', clawed: 0, debt: 0 });
  expect(incidentFacts('CODE_USED_TWICE', { codes: 'no list' })).toEqual({
    kind: 'CODE_USED_TWICE',
    codes: [],
  });
  expect(incidentFacts('CLOCK_SKEW', { told: 'never' })).toMatchObject({ minutes: 0 });
});

test('minor units as decimal text', () => {
  expect([199_050, 5, 0, -1_200].map(decimalOf)).toEqual(['1990.50', '0.05', '0.00', '-12.00']);
});
