import { expect, test } from 'vitest';
import { count, day, daysToBirthday, hour, money, parseTypedQuantity, quantity, sum } from './figures.ts';

test.each([
  ['5764.00', 'ru', '5\u00a0764,00'],
  ['5764.00', 'en', '5,764.00'],
  ['1234567.89', 'ru', '1\u00a0234\u00a0567,89'],
  ['0.05', 'ru', '0,05'],
  ['-499.00', 'ru', '\u2212499,00'],
  ['1500', 'en', '1,500'],
] as const)('%s in %s is %s', (amount, language, shown) => {
  expect(sum(amount, language)).toBe(shown);
});

test('money carries the sign of its currency, or its code', () => {
  expect(money('10.00', 'RUB', 'ru')).toBe('10,00\u00a0₽');
  expect(money('10.00', 'KZT', 'en')).toBe('10.00\u00a0₸');
  expect(money('10.00', 'CHF', 'en')).toBe('10.00\u00a0CHF');
});

test('points and quantities', () => {
  expect([count(1240, 'ru'), count(1240, 'en'), count(0, 'ru')]).toEqual(['1\u00a0240', '1,240', '0']);
  expect([quantity(1235, 'ru'), quantity(3000, 'ru'), quantity(500, 'en')]).toEqual(['1,235', '3', '0.5']);
});

test.each([
  ['3', 3000],
  ['1,235', 1235],
  ['0.5', 500],
  [' 2 ', 2000],
  ['', null],
  ['1,2345', null],
  ['-1', null],
  ['1e3', null],
])('the typed quantity "%s" is %s thousandths', (typed, milli) => {
  expect(parseTypedQuantity(typed)).toBe(milli);
});

test('days and hours are those of the store', () => {
  expect(day('2026-12-05T22:30:00Z', 'Europe/Moscow', 'ru')).toBe('6 декабря');
  expect(day('2026-12-05T22:30:00Z', 'Europe/London', 'en')).toBe('December 5');
  expect(hour('2026-11-22T10:05:00Z', 'Asia/Almaty')).toBe('15:05');
});

test.each([
  ['1990-11-22', 0],
  ['1990-11-28', 6],
  ['1990-11-21', 364],
  ['1990-01-01', 40],
])('a birthday of %s is %s days away on 22 November', (birthDate, days) => {
  expect(daysToBirthday(birthDate, Date.parse('2026-11-22T10:00:00Z'), 'Europe/Moscow')).toBe(days);
});
