import { expect, test } from 'vitest';
import { reasonWords } from './reason-words.ts';

const given = { currency: 'RUB', titles: new Map([['p1', 'Скидка 10 %']]) };
const words = (code: string, facts: unknown) => reasonWords({ language: 'ru' }, { code, facts }, given);

test('who came first is named where it is known', () => {
  expect(words('STACKING', { by: 'p1' })).toEqual({ key: 'reasons.STACKING', facts: { by: 'Скидка 10 %' } });
  expect(words('STACKING', { by: 'p2' })).toEqual({ key: 'reasons.STACKING_OTHER', facts: {} });
});

test.each([
  [
    { condition: 'BASKET_SUM', need: 300_000, have: 199_000 },
    { key: 'conditions.BASKET_SUM', facts: { need: '3 000 ₽', have: '1 990 ₽' } },
  ],
  [
    { condition: 'QUANTITY', need: 3, have: 2 },
    { key: 'conditions.QUANTITY', facts: { need: '3 штуки', have: '2 штуки' } },
  ],
  [
    { condition: 'NTH_ORDER', need: 5, have: 4 },
    { key: 'conditions.NTH_ORDER', facts: { need: '5', have: '4' } },
  ],
  [
    { condition: 'PROMO_CODE', need: 1, have: 0 },
    { key: 'reasons.CODE_NEEDED', facts: {} },
  ],
  [
    { condition: 'MOON', need: 1, have: 0 },
    { key: 'conditions.OTHER', facts: { need: '1', have: '0' } },
  ],
])('a condition that is not met: %j', (facts, expected) => {
  expect(words('CONDITION', facts)).toEqual(expected);
});

test('what nobody knows has words too', () => {
  expect(words('ENDED', {})).toEqual({ key: 'reasons.ENDED', facts: {} });
  expect(words('SOMETHING', null)).toEqual({ key: 'reasons.OTHER', facts: {} });
});
