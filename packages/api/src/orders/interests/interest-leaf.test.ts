import type { Leaf } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aBuyer, ago, someGoods } from '../../testing/models.builders.ts';
import { aContext, aShop } from '../../testing/orders.builders.ts';
import { aReturnRecord, recordBack } from '../../testing/records.builders.ts';

const db = useTestDatabase();

async function aWardrobe() {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const own = shop.storeCode;
  const black = { sku: `black-${own}`, category: `dress-${own}`, brand: 'Nord', colors: ['black', own] };
  const red = { sku: `red-${own}`, category: `shoes-${own}`, brand: 'Ray', colors: ['red'] };
  for (const goods of [black, red]) await someGoods(ctx, goods);
  return { ctx, shop, black: black.sku, red: red.sku };
}

function likesBlack(leastShare: number, pieces = 1): Leaf {
  return {
    leaf: 'INTEREST',
    goods: { attributes: { color: ['black'] } },
    leastShare,
    pieces,
    halfLifeDays: 90,
  };
}

test('a purchase of one half-life ago weighs half: half of 2, and 1, make 50 %', async () => {
  const { ctx, shop, black, red } = await aWardrobe();
  const shopper = await aBuyer(ctx, shop, [
    { daysAgo: 100, sku: black, price: '2000.00' },
    { daysAgo: 10, sku: red, price: '1000.00' },
  ]);
  const asked = await askBothWays(ctx, shopper, likesBlack(5_000));
  // Thirty half-lives after the older one only the other tells anything.
  const forgotten = ago(ctx, 100 - 30 * 90);
  expect(asked).toEqual({ holds: true, value: 5_000, flipsAt: forgotten, nextCheckAt: forgotten });
  expect((await askBothWays(ctx, shopper, likesBlack(5_001))).holds).toBe(false);
  expect((await askBothWays(ctx, shopper, likesBlack(5_000, 2))).holds).toBe(false);
});

test('the share does not move with time, whatever the half-life, until what was bought is forgotten', async () => {
  const { ctx, shop, black, red } = await aWardrobe();
  const shopper = await aBuyer(ctx, shop, [
    { daysAgo: 21.4, sku: black, price: '1234.56', quantity: '3' },
    { daysAgo: 7.1, sku: black, price: '99.90' },
    { daysAgo: 0.2, sku: red, price: '987.65' },
  ]);
  const begun = ctx.clock.now();
  for (const halfLifeDays of [1, 7, 90, 3_650, 36_500]) {
    ctx.clock.set(begun);
    const leaf = { ...likesBlack(1), halfLifeDays } as Leaf;
    const { value } = await askBothWays(ctx, shopper, leaf);
    ctx.clock.set(ago(ctx, -8.55));
    expect(await askBothWays(ctx, shopper, leaf)).toMatchObject({ holds: true, value });
  }
});

test('thirty half-lives after the last purchase nothing is known of anybody’s taste', async () => {
  const { ctx, shop, black } = await aWardrobe();
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 3, sku: black }]);
  const leaf = { ...likesBlack(10_000), halfLifeDays: 1 } as Leaf;
  const forgotten = ago(ctx, -27);
  expect(await askBothWays(ctx, shopper, leaf)).toEqual({
    holds: true,
    value: 10_000,
    flipsAt: forgotten,
    nextCheckAt: forgotten,
  });
  ctx.clock.set(forgotten);
  expect(await askBothWays(ctx, shopper, leaf)).toMatchObject({
    holds: false,
    value: null,
    nextCheckAt: null,
  });
});

test('what came back is liked no more', async () => {
  const { ctx, shop, black, red } = await aWardrobe();
  const shopper = await aBuyer(ctx, shop, [
    { daysAgo: 3, sku: black, quantity: '2' },
    { daysAgo: 3, sku: red, quantity: '2' },
  ]);
  expect((await askBothWays(ctx, shopper, likesBlack(5_000, 2))).value).toBe(5_000);
  await recordBack(
    ctx,
    `web-${shop.storeCode}`,
    aReturnRecord({ order: { external: { id: `${shopper}-0` } }, lines: [{ sku: black, quantity: '1' }] }),
  );
  expect((await askBothWays(ctx, shopper, likesBlack(1, 1))).value).toBe(3_333);
  expect((await askBothWays(ctx, shopper, likesBlack(1, 2))).holds).toBe(false);
});

test('who bought nothing likes nothing', async () => {
  const { ctx, shop } = await aWardrobe();
  const shopper = await aBuyer(ctx, shop, []);
  expect(await askBothWays(ctx, shopper, likesBlack(1))).toMatchObject({ holds: false, value: null });
});
