import { LEAVES, fieldsOf, isLeafCode } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { keysOf, type Words } from '../app/words.ts';
import { words as en } from './words/words-of-builder.en.ts';
import { words as ru } from './words/words-of-builder.ru.ts';
import { BEGINNING_NAMES } from './builder/beginnings.ts';

const keys = new Set(keysOf(ru));

test('both languages say the same things', () => {
  expect(keysOf(en).toSorted()).toEqual([...keys].toSorted());
});

test('every argument of every question has a name, every option its words', () => {
  const missing = Object.keys(LEAVES)
    .filter(isLeafCode)
    .flatMap((leaf) =>
      fieldsOf(leaf).flatMap(([name, field]) => {
        const options = field.type === 'choice' || field.type === 'choices' ? field.options : [];
        return [
          [`segments.args.any.${name}`, `segments.args.${leaf}.${name}`],
          ...options.map((option) => [
            `segments.options.${name}.${option}`,
            `segments.options.${leaf}.${name}.${option}`,
          ]),
        ].filter((either) => !either.some((key) => keys.has(key)));
      }),
    );
  expect(missing).toEqual([]);
});

test('every beginning is told in the menu', () => {
  const parts = ['title', 'hint', 'also'];
  const told = (words: Words): boolean =>
    BEGINNING_NAMES.every((name) =>
      parts.every((part) => keysOf(words).includes(`segments.beginnings.${name}.${part}`)),
    );
  expect([told(ru), told(en)]).toEqual([true, true]);
});
