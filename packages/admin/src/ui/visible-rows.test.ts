import { expect, test } from 'vitest';
import { visibleRows } from './visible-rows.ts';

test.each([
  ['at the top', -200, { from: 0, to: 26 }],
  ['in the middle', 44_000, { from: 988, to: 1031 }],
  ['at the end', 87_500, { from: 1976, to: 2000 }],
  ['far beyond', 1_000_000, { from: 2000, to: 2000 }],
  ['far before', -100_000, { from: 0, to: 0 }],
])('%s', (_name, above, range) => {
  expect(visibleRows(above, 800, 44, 2000)).toEqual(range);
});
