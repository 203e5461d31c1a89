import { expect, test } from 'vitest';
import { percentOf, reasonsOf } from './evidence.ts';

test('the strongest reason first, what speaks against last, weak ones not at all', () => {
  const evidence = [
    { kind: 'PHONE', level: 'DIFFERENT', swapped: false, weight: -1.6 },
    { kind: 'CITY', level: 'SAME', swapped: false, weight: 0.2 },
    { kind: 'BIRTH_DATE', level: 'SAME', swapped: false, weight: 14 },
    { kind: 'FAMILY_NAME', level: 'NEAR', swapped: false, weight: 6 },
  ];
  expect(reasonsOf(evidence, ['EMAIL']).map(({ key, tone }) => `${key} ${tone}`)).toEqual([
    'claimed.EMAIL accent',
    'BIRTH_DATE.SAME ok',
    'FAMILY_NAME.NEAR ok',
    'PHONE.DIFFERENT warn',
  ]);
});

test('swapped names are one reason', () => {
  const swapped = ['GIVEN_NAME', 'FAMILY_NAME'].map((kind) => ({
    kind,
    level: 'NEAR',
    swapped: true,
    weight: 4,
  }));
  expect(reasonsOf(swapped)).toEqual([{ key: 'swapped', tone: 'ok', weight: 8 }]);
});

test('nobody is a hundred per cent sure', () => {
  expect([percentOf(0.9999), percentOf(0.905), percentOf(0.5)]).toEqual([99, 90, 50]);
});
