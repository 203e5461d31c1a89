import { expect, test } from 'vitest';
import { partsOf } from './parts.ts';

test('each part knows its share and its list', () => {
  const parts = partsOf({ first: 100, second: 50, both: 25, onlyFirst: 75, onlySecond: 25 }, 'a', 'b');
  expect(parts.map(({ name, people, ofFirst, ofSecond }) => [name, people, ofFirst, ofSecond])).toEqual([
    ['first', 100, 1, null],
    ['second', 50, null, 1],
    ['both', 25, 0.25, 0.5],
    ['onlyFirst', 75, 0.75, null],
    ['onlySecond', 25, null, 0.5],
  ]);
  expect(parts.map(({ query }) => query)).toEqual([
    { segment: 'a' },
    { segment: 'b' },
    null,
    { segment: 'a', notSegment: 'b' },
    { segment: 'b', notSegment: 'a' },
  ]);
});

test('nobody has no shares', () => {
  const [first] = partsOf({ first: 0, second: 0, both: 0, onlyFirst: 0, onlySecond: 0 }, 'a', 'b');
  expect(first?.ofFirst).toBeNull();
});
