import { expect, test } from 'vitest';
import { readQuery, writeQuery } from './use-url-state.ts';

const defaults = { search: '', tags: [] as string[], sort: '-seen' };

test('the query as values of the defaults’ kinds', () => {
  expect(readQuery({ search: 'анна', tags: 'vip' }, defaults)).toEqual({
    search: 'анна',
    tags: ['vip'],
    sort: '-seen',
  });
  expect(readQuery({ search: ['a', 'b'], tags: ['x', null, 'y'] }, defaults)).toEqual({
    search: 'a',
    tags: ['x', 'y'],
    sort: '-seen',
  });
});

test('defaults stay out of the URL, what others wrote stays in it', () => {
  expect(
    writeQuery({ tab: 'log', search: 'old' }, { search: '', tags: ['a'], sort: '-seen' }, defaults),
  ).toEqual({
    tab: 'log',
    tags: ['a'],
  });
});
