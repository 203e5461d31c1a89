import { expect, test } from 'vitest';
import type { Leaf } from '@clientele/shared/segments';
import { globalId } from '../../platform/graphql/global-id.ts';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aContext, aMember, aShop } from '../../testing/orders.builders.ts';
import { aRecord, aReturnRecord, record, recordBack } from '../../testing/records.builders.ts';

const db = useTestDatabase();
const DAY = 86_400_000;

/** A shopper with purchases so many days before the clock's now, each of one piece of a sku for 1 000.00. */
async function aHistory(bought: readonly (readonly [daysAgo: number, sku: string])[]) {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const shopper = await aMember(ctx, shop);
  const now = ctx.clock.now().getTime();
  const source = `web-${shop.storeCode}`;
  const orders = bought.map(([daysAgo, sku], index) =>
    aRecord(shop, {
      externalId: `A-${index}`,
      occurredAt: new Date(now - daysAgo * DAY),
      profile: { id: globalId('Profile', shopper) },
      lines: [{ sku, quantity: '1', unitPrice: '1000.00' }],
    }),
  );
  await record(ctx, source, ...orders);
  return { ctx, shop, shopper, source, ago: (days: number) => new Date(now - days * DAY) };
}

const last = (moments: Extract<Leaf, { leaf: 'PURCHASE_DATE' }>['moments']): Leaf => ({
  leaf: 'PURCHASE_DATE',
  which: 'LAST',
  moments,
});

test('the last purchase lies within the last 30 days until exactly 30 days after it', async () => {
  const { ctx, shopper, ago } = await aHistory([
    [400, 'goods'],
    [30, 'goods'],
  ]);
  ctx.clock.set(new Date(ctx.clock.now().getTime() - 1));
  const before = await askBothWays(ctx, shopper, last({ kind: 'ROLLING', days: 30 }));
  expect(before).toEqual({ holds: true, value: ago(30), flipsAt: ago(0), nextCheckAt: ago(0) });
  ctx.clock.set(ago(0));
  const then = await askBothWays(ctx, shopper, last({ kind: 'ROLLING', days: 30 }));
  expect(then).toEqual({ holds: false, value: ago(30), flipsAt: null, nextCheckAt: null });
});

test('who bought nothing has no last purchase, not even one long ago', async () => {
  const { ctx, shopper } = await aHistory([]);
  const asked = await askBothWays(ctx, shopper, last({ kind: 'ROLLING', endedDays: 180 }));
  expect(asked).toEqual({ holds: false, value: null, flipsAt: null, nextCheckAt: null });
});

test('the last purchase becomes one of more than 180 days ago at that very moment', async () => {
  const { ctx, shopper, ago } = await aHistory([
    [300, 'goods'],
    [179, 'goods'],
  ]);
  const asked = await askBothWays(ctx, shopper, last({ kind: 'ROLLING', endedDays: 180 }));
  expect(asked).toEqual({ holds: false, value: ago(179), flipsAt: ago(-1), nextCheckAt: ago(-1) });
});

test('a purchase given back whole is none: the one before it is the last', async () => {
  const { ctx, shopper, source, ago } = await aHistory([
    [50, 'goods'],
    [5, 'goods'],
  ]);
  const moments = { kind: 'ROLLING', days: 30 } as const;
  expect((await askBothWays(ctx, shopper, last(moments))).holds).toBe(true);
  await recordBack(ctx, source, aReturnRecord({ order: { external: { id: 'A-1' } } }));
  const asked = await askBothWays(ctx, shopper, last(moments));
  expect(asked).toEqual({ holds: false, value: ago(50), flipsAt: null, nextCheckAt: null });
});

test('a phone without a case within 14 days: known when they are over, and a case in the same receipt is one', async () => {
  const leaf: Leaf = {
    leaf: 'BOUGHT_WITHOUT',
    first: { goods: { only: { skus: ['phone'] } } },
    without: { goods: { only: { skus: ['case'] } } },
    days: 14,
    moments: { kind: 'ALWAYS' },
  };
  const fresh = await aHistory([[10, 'phone']]);
  const asked = await askBothWays(fresh.ctx, fresh.shopper, leaf);
  expect(asked).toEqual({ holds: false, value: null, flipsAt: fresh.ago(-4), nextCheckAt: fresh.ago(-4) });
  fresh.ctx.clock.set(fresh.ago(-4));
  expect((await askBothWays(fresh.ctx, fresh.shopper, leaf)).holds).toBe(true);
  const together = await aHistory([
    [20, 'phone'],
    [20, 'case'],
  ]);
  expect((await askBothWays(together.ctx, together.shopper, leaf)).holds).toBe(false);
  const inTime = await aHistory([
    [20, 'phone'],
    [6, 'case'],
  ]);
  expect((await askBothWays(inTime.ctx, inTime.shopper, leaf)).holds).toBe(false);
  const late = await aHistory([
    [20, 'phone'],
    [5, 'case'],
  ]);
  expect((await askBothWays(late.ctx, late.shopper, leaf)).holds).toBe(true);
});

test('silent for twice the own habit: three purchases 10 days apart, silence from the 20th day', async () => {
  const leaf: Leaf = { leaf: 'OWN_INTERVAL', times: 20_000 };
  const due = await aHistory([
    [40, 'goods'],
    [30, 'goods'],
    [20, 'goods'],
  ]);
  expect(await askBothWays(due.ctx, due.shopper, leaf)).toEqual({
    holds: true,
    value: due.ago(0),
    flipsAt: null,
    nextCheckAt: null,
  });
  const soon = await aHistory([
    [39, 'goods'],
    [29, 'goods'],
    [19, 'goods'],
  ]);
  expect(await askBothWays(soon.ctx, soon.shopper, leaf)).toEqual({
    holds: false,
    value: soon.ago(-1),
    flipsAt: soon.ago(-1),
    nextCheckAt: soon.ago(-1),
  });
  const two = await aHistory([
    [60, 'goods'],
    [50, 'goods'],
  ]);
  expect((await askBothWays(two.ctx, two.shopper, leaf)).holds).toBe(false);
});
