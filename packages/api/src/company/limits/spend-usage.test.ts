import { array, assert, asyncProperty, integer } from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { spendUsage } from './spend-usage.ts';

const it = useTestApp();

test('so many in any window, then the moment the oldest leaves it', async () => {
  const ctx = it.app.context();
  const limit = [{ key: newId(), seconds: 600, max: 3 }];
  const start = it.app.clock.now().getTime();
  for (const at of [0, 480, 541]) {
    it.app.clock.set(new Date(start + at * 1_000));
    expect(await spendUsage(ctx, limit)).toBeNull();
  }
  it.app.clock.set(new Date(start + 599_999));
  expect(await spendUsage(ctx, limit)).toEqual(new Date(start + 600_000));
  it.app.clock.set(new Date(start + 601_000));
  expect(await spendUsage(ctx, limit)).toBeNull();
  expect(await spendUsage(ctx, limit)).toEqual(new Date(start + 1_080_000));
});

test('one limit used up: nothing is counted against the others, the longest wait is told', async () => {
  const ctx = it.app.context();
  const [phone, till] = [newId(), newId()];
  const now = it.app.clock.now().getTime();
  const both = [
    { key: phone, seconds: 60, max: 1 },
    { key: phone, seconds: 600, max: 1 },
    { key: till, seconds: 60, max: 5 },
  ];
  expect(await spendUsage(ctx, both)).toBeNull();
  for (let tries = 0; tries < 9; tries += 1)
    expect(await spendUsage(ctx, both)).toEqual(new Date(now + 600_000));
  for (let tries = 0; tries < 4; tries += 1)
    expect(await spendUsage(ctx, [{ key: till, seconds: 60, max: 5 }])).toBeNull();
  expect(await spendUsage(ctx, [{ key: till, seconds: 60, max: 5 }])).toEqual(new Date(now + 60_000));
});

test('forty at once: exactly as many as allowed', async () => {
  const limit = [{ key: newId(), seconds: 60, max: 7 }];
  const answers = await Promise.all(Array.from({ length: 40 }, () => spendUsage(it.app.context(), limit)));
  expect(answers.filter((answer) => answer === null)).toHaveLength(7);
});

test('a large limit counts from its first use and starts over', async () => {
  const ctx = it.app.context();
  const limit = [{ key: newId(), seconds: 60, max: 501 }];
  const start = it.app.clock.now().getTime();
  for (let use = 0; use < 501; use += 1) expect(await spendUsage(ctx, limit)).toBeNull();
  expect(await spendUsage(ctx, limit)).toEqual(new Date(start + 60_000));
  it.app.clock.advance(60_000);
  expect(await spendUsage(ctx, limit)).toBeNull();
});

test('no window of any length ever holds more than its limit', async () => {
  const ctx = it.app.context();
  await assert(
    asyncProperty(
      integer({ min: 1, max: 4 }),
      integer({ min: 2, max: 20 }),
      array(integer({ min: 0, max: 9 }), { maxLength: 25 }),
      async (max, seconds, pauses) => {
        const limit = [{ key: newId(), seconds, max }];
        const spent: number[] = [];
        for (const pause of pauses) {
          it.app.clock.advance(pause * 1_000);
          const now = it.app.clock.now().getTime();
          const retryAt = await spendUsage(ctx, limit);
          const inside = spent.filter((at) => at > now - seconds * 1_000).length;
          expect(retryAt === null).toBe(inside < max);
          if (retryAt === null) spent.push(now);
        }
      },
    ),
    { numRuns: 30 },
  );
});
