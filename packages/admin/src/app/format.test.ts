import { expect, test } from 'vitest';
import {
  writeBytes,
  writeDate,
  writeDay,
  writeDuration,
  writeMoney,
  writeNumber,
  writePercent,
  writeRelative,
} from './format.ts';

const plain = (text: string | null): string | null => text?.replaceAll(/[\u00A0\u202F]/g, ' ') ?? null;

test('money: exact, kopecks only where there are some', () => {
  expect(plain(writeMoney('ru', '1234567890123456789.01', 'RUB'))).toBe('1 234 567 890 123 456 789,01 ₽');
  expect(plain(writeMoney('ru', '350.00', 'RUB'))).toBe('350 ₽');
  expect(plain(writeMoney('en', '-12.50', 'EUR'))).toBe('-€12.50');
  expect(plain(writeMoney('en', '350', 'RUB'))).toBe('₽350');
});

test('a number below nothing has a minus, not a hyphen', () => {
  expect(plain(writeNumber('ru', -12_760))).toBe('−12 760');
  expect(plain(writeNumber('en', '-5'))).toBe('−5');
});

test('a day is the same everywhere', () => {
  expect(plain(writeDay('ru', '2026-01-01'))).toBe('1 января 2026 г.');
});

test('a date in a table says one day only', () => {
  expect(writeDate('ru', '2026-07-06T22:30:00Z', 'Europe/Moscow')).toBe('07.07.2026');
  expect(writeDate('en', '2026-07-06T22:30:00Z', 'UTC')).toBe('Jul 6, 2026');
});

test.each([
  ['2026-11-22T10:00:00Z', 'сейчас'],
  ['2026-11-22T09:55:00Z', '5 минут назад'],
  ['2026-11-22T07:00:00Z', '3 часа назад'],
  ['2026-11-24T10:00:00Z', 'послезавтра'],
  ['2026-11-01T10:00:00Z', null],
])('%s: %s', (instant, words) => {
  expect(plain(writeRelative('ru', instant, Date.parse('2026-11-22T10:00:00Z')))).toBe(words);
});

test('shares, lengths and sizes as people say them', () => {
  expect(plain(writePercent('ru', 0.0184))).toBe('1,8 %');
  expect(plain(writePercent('ru', 0.22))).toBe('22 %');
  expect(plain(writeDuration('en', 12_400))).toBe('12 sec');
  expect(plain(writeDuration('en', 3_900_000))).toBe('1 hr 5 min');
  expect(plain(writeBytes('en', 12_345_678))).toBe('12.3 MB');
  expect(plain(writeBytes('en', 0))).toBe('0 byte');
});
