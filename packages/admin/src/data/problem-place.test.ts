import { expect, test } from 'vitest';
import { labelOf, placeOf } from './problem-place.ts';

test('a place is told by fields, and positions people count from one', () => {
  expect(placeOf(['content', 'lines', '0', 'quantity'])).toEqual([
    { field: 'lines' },
    { position: 1 },
    { field: 'quantity' },
  ]);
  expect(placeOf([])).toEqual([]);
});

test('a record is called by what its source would call it', () => {
  expect(labelOf({ key: 'hash', content: { externalId: 'A-1', phones: ['+7'] } })).toBe('A-1');
  expect(labelOf({ key: null, content: { phones: ['•••67'] } })).toBe('•••67');
  expect(labelOf({ key: null, content: { phones: [null], sku: '' } })).toBeNull();
  expect(labelOf({ key: 'A-2', content: null })).toBe('A-2');
  expect(labelOf({ key: 'uoxD28qPyoI217-TK2AO-fAj7bCUee2R7n-L6wYn8hU', content: {} })).toBeNull();
});
