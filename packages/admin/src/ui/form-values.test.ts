import { expect, test } from 'vitest';
import { changedFields, mergeThreeWay } from './form-values.ts';

test('fields that differ, by what they hold', () => {
  expect(changedFields({ a: 1, b: ['x'], c: '' }, { a: 2, b: ['x'], c: '' })).toEqual(['a']);
});

test('theirs is taken where I changed nothing, kept mine where they did not, asked where both did', () => {
  const before = { name: 'Старое', city: 'Омск', zone: '+6', tags: ['a'] };
  const mine = { ...before, name: 'Моё', zone: '+7', tags: ['a', 'b'] };
  const theirs = { ...before, name: 'Их', city: 'Томск', tags: ['a', 'b'] };
  expect(mergeThreeWay(before, mine, theirs)).toEqual({
    merged: { name: 'Моё', city: 'Томск', zone: '+7', tags: ['a', 'b'] },
    conflicts: [{ field: 'name', before: 'Старое', mine: 'Моё', theirs: 'Их' }],
    taken: ['city'],
  });
});
