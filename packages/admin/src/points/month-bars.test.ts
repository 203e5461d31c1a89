import { expect, test } from 'vitest';
import { bpOf, monthBars, shareOf, textOfBp } from './month-bars.ts';

test('bars are shares of the highest month, what never ends is the last', () => {
  const months = [
    { month: '2026-12', active: 50, held: 25, pending: 25 },
    { month: null, active: 200, held: 0, pending: 0 },
  ];
  expect(monthBars(months)).toEqual([
    {
      month: '2026-12',
      total: 100,
      parts: [
        { key: 'active', points: 50, share: 0.25 },
        { key: 'held', points: 25, share: 0.125 },
        { key: 'pending', points: 25, share: 0.125 },
      ],
    },
    { month: null, total: 200, parts: [{ key: 'active', points: 200, share: 1 }] },
  ]);
});

test('two years are drawn, the rest is in the table; never stays', () => {
  const month = (index: number) => ({ month: `m${index}`, active: 1, held: 0, pending: 0 });
  const many = [
    ...Array.from({ length: 30 }, (_, index) => month(index)),
    { month: null, active: 1, held: 0, pending: 0 },
  ];
  const bars = monthBars(many);
  expect([bars.length, bars.at(-2)?.month, bars.at(-1)?.month]).toEqual([25, 'm23', null]);
});

test.each([
  ['80', 8_000],
  [' 72,5 % ', 7_250],
  ['0.05', 5],
  ['100', 10_000],
  ['', null],
  ['100,01', undefined],
  ['-1', undefined],
  ['восемь', undefined],
  ['1e2', undefined],
])('a share is read: %j', (text, bp) => {
  expect(bpOf(text)).toBe(bp);
});

test('a share is written as it is read', () => {
  expect([8_000, 7_250, 5, 10_000, 0].map((bp) => textOfBp(bp, 'ru'))).toEqual([
    '80',
    '72,5',
    '0,05',
    '100',
    '0',
  ]);
  expect(textOfBp(7_250, 'en')).toBe('72.5');
  expect([textOfBp(null, 'ru'), shareOf(7_250)]).toEqual(['', 0.725]);
});
