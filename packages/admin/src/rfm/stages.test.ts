import { expect, test } from 'vitest';
import { bandsOf, PRESETS } from './stages.ts';

test('shares are of everybody counted; before the first count there are none', () => {
  expect(
    bandsOf([
      { stage: 'ACTIVE', people: 3 },
      { stage: 'LOST', people: 1 },
    ]),
  ).toEqual([
    { stage: 'ACTIVE', people: 3, share: 0.75 },
    { stage: 'LOST', people: 1, share: 0.25 },
  ]);
  expect(bandsOf([{ stage: 'LOST', people: null }])).toBe(null);
  expect(bandsOf([{ stage: 'LOST', people: 0 }])?.[0]?.share).toBe(0);
});

test('presets are in the order the API asks for', () => {
  for (const { coolingDays, sleepingDays, lostDays, loyalOrders } of Object.values(PRESETS)) {
    expect([coolingDays < sleepingDays, sleepingDays < lostDays, loyalOrders > 1]).toEqual([
      true,
      true,
      true,
    ]);
  }
});
