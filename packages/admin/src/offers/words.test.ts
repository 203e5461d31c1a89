import { expect, test } from 'vitest';
import { keysOf } from '../app/words.ts';
import { words as en } from './words-of-offers.en.ts';
import { words as ru } from './words-of-offers.ru.ts';

test('both languages say the same things', () => {
  expect(keysOf(en).toSorted()).toEqual(keysOf(ru).toSorted());
});
