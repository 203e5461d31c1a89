import { expect, test } from 'vitest';
import { ariaSort, nextSort, shownColumns } from './list-columns.ts';

const columns = [
  { key: 'name', title: 'Name' },
  { key: 'city', title: 'City', optional: true },
];

test('chosen columns in the order of the page; never none', () => {
  expect(shownColumns(columns, null).map(({ key }) => key)).toEqual(['name']);
  expect(shownColumns(columns, ['city', 'name', 'gone']).map(({ key }) => key)).toEqual(['name', 'city']);
  expect(shownColumns(columns, ['gone']).map(({ key }) => key)).toEqual(['name', 'city']);
});

test('a press sorts up, then down, then not at all', () => {
  expect([nextSort('', 'a'), nextSort('a', 'a'), nextSort('-a', 'a'), nextSort('b', 'a')]).toEqual([
    'a',
    '-a',
    '',
    'a',
  ]);
  expect([ariaSort('a', 'a'), ariaSort('-a', 'a'), ariaSort('b', 'a')]).toEqual([
    'ascending',
    'descending',
    'none',
  ]);
});
