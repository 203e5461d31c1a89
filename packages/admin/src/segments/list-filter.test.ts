import { expect, test } from 'vitest';
import { filterOf, sortOf } from './list-filter.ts';

test('the URL becomes the filter of the server', () => {
  expect(filterOf({ search: 'чёрн', state: 'LIVE', archived: '' })).toEqual({
    search: 'чёрн',
    state: 'LIVE',
  });
  expect(filterOf({ search: '', state: 'SOLD', archived: 'yes' })).toEqual({ archived: true });
});

test('what cannot be sorted by is the newest first', () => {
  expect(sortOf('-size')).toBe('-size');
  expect(sortOf('updatedAt')).toBe('-updatedAt');
});
