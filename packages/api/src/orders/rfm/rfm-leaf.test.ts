import type { Leaf } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aBuyer, ago, aModel } from '../../testing/models.builders.ts';
import { aContext, aShop } from '../../testing/orders.builders.ts';
import { aReturnRecord, recordBack } from '../../testing/records.builders.ts';

const db = useTestDatabase();

function cell(model: string, [recency, frequency, monetary]: readonly (readonly number[])[]): Leaf {
  return {
    leaf: 'RFM',
    model,
    recency: recency ?? [],
    frequency: frequency ?? [],
    monetary: monetary ?? [],
  };
}

test('last order, number and sum make three scores; days passing a bound are known ahead', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const model = await aModel(ctx);
  const shopper = await aBuyer(ctx, shop, [
    { daysAgo: 200, price: '2000.00' },
    { daysAgo: 20, price: '999.99' },
    { daysAgo: 50, price: '0.01' },
  ]);
  expect(await askBothWays(ctx, shopper, cell(model, [[4], [3], [3]]))).toEqual({
    holds: true,
    value: 433,
    flipsAt: ago(ctx, -11),
    nextCheckAt: ago(ctx, -11),
  });
  ctx.clock.set(new Date(ago(ctx, -11).getTime() - 1));
  expect((await askBothWays(ctx, shopper, cell(model, [[4]]))).value).toBe(433);
  ctx.clock.advance(1);
  expect((await askBothWays(ctx, shopper, cell(model, [[3]]))).value).toBe(333);
});

test('an empty list asks nothing; who never bought has no score at all', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const model = await aModel(ctx);
  const buyer = await aBuyer(ctx, shop, [{ daysAgo: 400 }]);
  const nobody = await aBuyer(ctx, shop, []);
  const lastOnes = await askBothWays(ctx, buyer, cell(model, []));
  expect(lastOnes).toEqual({ holds: true, value: 112, flipsAt: null, nextCheckAt: null });
  const none = await askBothWays(ctx, nobody, cell(model, []));
  expect(none).toEqual({ holds: false, value: null, flipsAt: null, nextCheckAt: null });
});

test('in a window of the last 30 days an order leaves it, and the last one takes the score with it', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const model = await aModel(ctx, { window: { kind: 'ROLLING', days: 30 } });
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 25 }, { daysAgo: 5 }, { daysAgo: 31 }]);
  const two = await askBothWays(ctx, shopper, cell(model, [[], [2]]));
  expect(two).toEqual({ holds: true, value: 522, flipsAt: ago(ctx, -5), nextCheckAt: ago(ctx, -5) });
  ctx.clock.set(ago(ctx, -5));
  const one = await askBothWays(ctx, shopper, cell(model, [[], [1]]));
  expect(one).toEqual({ holds: true, value: 512, flipsAt: ago(ctx, -20), nextCheckAt: ago(ctx, -20) });
  ctx.clock.set(ago(ctx, -20));
  expect((await askBothWays(ctx, shopper, cell(model, []))).value).toBe(null);
});

test('a window that is over stands still: days are counted to its end', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const window = {
    kind: 'ABSOLUTE',
    from: ago(ctx, 100).toISOString(),
    to: ago(ctx, 50).toISOString(),
  } as const;
  const model = await aModel(ctx, { window });
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 58 }, { daysAgo: 20 }, { daysAgo: 120 }]);
  const asked = await askBothWays(ctx, shopper, cell(model, [[5], [1]]));
  expect(asked).toEqual({ holds: true, value: 512, flipsAt: null, nextCheckAt: null });
});

test('a window that ends before the next bound passes is looked at no more', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const model = await aModel(ctx, { window: { kind: 'ABSOLUTE', to: ago(ctx, -5).toISOString() } });
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 8 }]);
  const asked = await askBothWays(ctx, shopper, cell(model, [[5]]));
  expect(asked).toEqual({ holds: true, value: 512, flipsAt: ago(ctx, -3), nextCheckAt: ago(ctx, -3) });
  ctx.clock.set(ago(ctx, -4));
  const then = await askBothWays(ctx, shopper, cell(model, [[4]]));
  expect(then).toEqual({ holds: true, value: 412, flipsAt: null, nextCheckAt: null });
});

test('a return takes its order out; money of another currency is none of the model', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const abroad = await aShop(ctx, { currency: 'KZT' });
  const model = await aModel(ctx);
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 40, price: '4000.00' }, { daysAgo: 3 }]);
  expect((await askBothWays(ctx, shopper, cell(model, []))).value).toBe(524);
  const order = { external: { id: `${shopper}-1` } };
  await recordBack(ctx, `web-${shop.storeCode}`, aReturnRecord({ order }));
  expect((await askBothWays(ctx, shopper, cell(model, []))).value).toBe(313);
  const foreign = await aBuyer(ctx, abroad, [{ daysAgo: 3, price: '400000.00' }]);
  expect((await askBothWays(ctx, foreign, cell(model, []))).value).toBe(511);
});
