import { expect, test } from 'vitest';
import { words as en } from './all-words.en.ts';
import { words as ru } from './all-words.ru.ts';
import { russianForm } from './i18n.ts';
import { keysOf, mergeWords } from './words.ts';

test('both languages say the same things', () => {
  expect(keysOf(en).toSorted()).toEqual(keysOf(ru).toSorted());
});

test('areas add to each other', () => {
  expect(mergeWords([{ refusals: { A: 'a' } }, { refusals: { B: 'b' }, title: 't' }])).toEqual({
    refusals: { A: 'a', B: 'b' },
    title: 't',
  });
});

test.each([
  [1, 0],
  [2, 1],
  [5, 2],
  [11, 2],
  [12, 2],
  [21, 0],
  [104, 1],
  [0, 2],
])('Russian counts %i with form %i', (n, form) => {
  expect(russianForm(n, 3)).toBe(form);
});
