import { expect, test } from 'vitest';
import { barsOf, MOST_ROWS, summaryOf, withFresh } from './live-tail.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

test('what is new stands first, each row once, and the tail does not grow without end', () => {
  expect(withFresh(rows('2', '1'), rows('2', '3', '4'))).toEqual(rows('4', '3', '2', '1'));
  const many = Array.from({ length: MOST_ROWS }, (_, index) => ({ id: String(index) }));
  const shown = withFresh(many, rows('new'));
  expect([shown.length, shown[0]?.id, shown.at(-1)?.id]).toEqual([MOST_ROWS, 'new', String(MOST_ROWS - 2)]);
});

test('properties in one line, long ones cut', () => {
  expect(summaryOf({ sku: '1000978', price: 35.5, tags: ['a'] })).toBe('sku 1000978, price 35.5, tags ["a"]');
  expect(summaryOf(null)).toBe('');
  expect(summaryOf({ text: 'x'.repeat(200) })).toHaveLength(90);
});

test('bars by the highest', () => {
  expect(barsOf([0, 5, 10])).toEqual([0, 0.5, 1]);
  expect(barsOf([0, 0])).toEqual([0, 0]);
});
