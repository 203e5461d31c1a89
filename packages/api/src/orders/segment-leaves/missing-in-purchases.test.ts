import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { readSurroundings } from '../../segments/index.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aBuyer } from '../../testing/models.builders.ts';
import { aContext } from '../../testing/orders.builders.ts';
import { aWorld } from '../../testing/segment-worlds/world.ts';
import { missingInPurchases } from './missing-in-purchases.ts';

const db = useTestDatabase();

test('what a filter of purchases names is looked for where it is kept', async () => {
  const ctx = aContext(db.database);
  const world = await aWorld(ctx);
  await aBuyer(ctx, world.shop, [{ daysAgo: 1, sku: 'SOLD-ONLY' }]);
  const surroundings = await readSurroundings(ctx, new Map());
  const gone = newId();
  const missing = await missingInPurchases(
    ctx,
    [
      {
        stores: [world.shop.storeCode, 'no-store'],
        codePools: [...world.pools, gone],
        goods: {
          only: { categories: ['shoes', 'hats'], skus: ['BOOT', 'SOLD-ONLY', 'NEVER'] },
          except: { brands: ['Nord', 'West'] },
        },
      },
      undefined,
      { stores: ['no-store'] },
    ],
    surroundings,
  );
  expect(missing).toEqual([
    { kind: 'STORE', value: 'no-store' },
    { kind: 'CATEGORY', value: 'hats' },
    { kind: 'PRODUCT', value: 'NEVER' },
    { kind: 'BRAND', value: 'West' },
    { kind: 'POOL', value: gone },
  ]);
});
