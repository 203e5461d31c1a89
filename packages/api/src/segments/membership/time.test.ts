import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aSegment, membersOf, sizeOf, transitionsOf } from '../../testing/membership.builders.ts';
import { aBuyer, DAY } from '../../testing/models.builders.ts';
import { aShop } from '../../testing/orders.builders.ts';
import { aRecord, record } from '../../testing/records.builders.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import type { Context } from '../../platform/context.ts';
import { clockWatch } from '../passes/chores.ts';
import { runTasks } from '../../testing/tasks.builders.ts';

const it = useTestApp();

/** Bought at the shop within the last 30 days. */
const fresh = (storeCode: string): Condition => ({
  leaf: 'PURCHASE_DATE',
  which: 'LAST',
  purchases: { stores: [storeCode] },
  moments: { kind: 'ROLLING', days: 30 },
});

async function bought(ctx: Context) {
  const shop = await aShop(ctx);
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 29 }]);
  const segment = await aSegment(ctx, fresh(shop.storeCode));
  expect(await membersOf(ctx, segment)).toEqual([shopper]);
  const leavesAt = new Date(ctx.clock.now().getTime() + DAY);
  return { shop, shopper, segment, leavesAt };
}

test('a member leaves at the very moment the window ends, without anything new', async () => {
  const ctx = it.app.context();
  const { shopper, segment, leavesAt } = await bought(ctx);
  it.app.clock.set(new Date(leavesAt.getTime() - 1));
  expect(await membersOf(ctx, segment)).toEqual([shopper]);
  it.app.clock.set(leavesAt);
  expect(await membersOf(ctx, segment)).toEqual([]);
  expect(await transitionsOf(ctx, segment)).toEqual([
    { profileId: shopper, entered: false, late: false, at: leavesAt },
  ]);
});

test('after hours without a worker the moment is told as it was, and as late', async () => {
  const ctx = it.app.context();
  const { shopper, segment, leavesAt } = await bought(ctx);
  it.app.clock.set(new Date(leavesAt.getTime() + 2 * 3_600_000));
  expect(await membersOf(ctx, segment)).toEqual([]);
  expect(await transitionsOf(ctx, segment)).toEqual([
    { profileId: shopper, entered: false, late: true, at: leavesAt },
  ]);
});

test('a purchase that comes to be known two days after it is told as late, one of now is not', async () => {
  const ctx = it.app.context();
  const shop = await aShop(ctx);
  const [early, now] = [await aBuyer(ctx, shop, []), await aBuyer(ctx, shop, [])];
  const segment = await aSegment(ctx, fresh(shop.storeCode));
  expect(await membersOf(ctx, segment)).toEqual([]);
  const at = it.app.clock.now();
  const twoDaysAgo = new Date(at.getTime() - 2 * DAY);
  const of = (profile: string, occurredAt: Date) =>
    aRecord(shop, { occurredAt, profile: { id: globalId('Profile', profile) } });
  await record(ctx, `web-${shop.storeCode}`, of(early, twoDaysAgo), of(now, at));
  expect(await membersOf(ctx, segment)).toEqual([early, now].toSorted());
  expect((await transitionsOf(ctx, segment)).toSorted((a, b) => a.at.getTime() - b.at.getTime())).toEqual([
    { profileId: early, entered: true, late: true, at: twoDaysAgo },
    { profileId: now, entered: true, late: false, at },
  ]);
});

test('a clock that is put back brings back who had left', async () => {
  const ctx = it.app.context();
  const { shopper, segment, leavesAt } = await bought(ctx);
  const watch = clockWatch();
  it.app.clock.set(leavesAt);
  await watch(ctx);
  expect(await membersOf(ctx, segment)).toEqual([]);
  it.app.clock.set(new Date(leavesAt.getTime() - DAY / 2));
  await watch(ctx);
  await runTasks(ctx);
  expect(await membersOf(ctx, segment)).toEqual([shopper]);
});

test('sizes go on from what they are when the clock is put back, on a day that was before', async () => {
  const ctx = it.app.context();
  const began = it.app.clock.now();
  const shop = await aShop(ctx);
  const segment = await aSegment(ctx, fresh(shop.storeCode));
  const enter = async (): Promise<void> => {
    await aBuyer(ctx, shop, [{ daysAgo: 0 }]);
    await membersOf(ctx, segment);
  };
  await enter();
  it.app.clock.set(new Date(began.getTime() + 2 * DAY));
  await enter();
  expect(await sizeOf(ctx, segment)).toEqual({ size: 2, entered: 1, left: 0 });
  it.app.clock.set(began);
  await enter();
  expect(await sizeOf(ctx, segment)).toEqual({ size: 3, entered: 2, left: 0 });
  expect((await membersOf(ctx, segment)).length).toBe(3);
});
