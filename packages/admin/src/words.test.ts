import { expect, test } from 'vitest';
import { languageOf, words } from './words.ts';

test.each([
  ['ru-RU', 'ru'],
  ['RU', 'ru'],
  ['en-GB', 'en'],
  ['kk', 'en'],
] as const)('%s reads %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

test('both languages say the same things', () => {
  expect(Object.keys(words.en)).toEqual(Object.keys(words.ru));
});
