import { expect, test } from 'vitest';
import { changeOf, shareOf } from './change.ts';

test.each([
  [120, 100, { direction: 'MORE', share: 0.2 }],
  [50, 100, { direction: 'LESS', share: 0.5 }],
  [1004, 1000, { direction: 'SAME', share: 0 }],
  [0, 0, { direction: 'SAME', share: null }],
  [3, 0, { direction: 'MORE', share: null }],
  [0, 3, { direction: 'LESS', share: 1 }],
] as const)('%i against %i', (now, before, change) => {
  expect(changeOf(now, before)).toEqual(change);
});

test('of nothing there is no share', () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(1, 4)).toBe(0.25);
});
