import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  ['ru-RU', 'ru'],
  ['RU', 'ru'],
  ['en-GB', 'en'],
  ['kk', 'en'],
] as const)('%s reads %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});
