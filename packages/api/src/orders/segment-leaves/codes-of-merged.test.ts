import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { merge } from '../../testing/merges.builders.ts';
import { aContext } from '../../testing/orders.builders.ts';
import { buy } from '../../testing/segment-worlds/purchases.ts';
import { aWorld, somePeople } from '../../testing/segment-worlds/world.ts';

const db = useTestDatabase();

test('purchases with a code keep it when their shopper is found to be another', async () => {
  const ctx = aContext(db.database);
  const world = await aWorld(ctx);
  const [person = '', twin = ''] = await somePeople(ctx, world, 2);
  await buy(ctx, world, twin, {
    kind: 'BUY',
    who: 0,
    at: ctx.clock.now().getTime(),
    store: 0,
    channel: 'STORE',
    currency: 'RUB',
    lines: [{ sku: 'UNHEARD-OF', pieces: 1, price: 100 }],
    pool: 0,
  });
  const count = async (purchases: NonNullable<Extract<Condition, { leaf: 'PURCHASES' }>['purchases']>) => {
    const condition: Condition = {
      leaf: 'PURCHASES',
      measure: 'COUNT',
      purchases,
      moments: { kind: 'ALWAYS' },
      range: { least: 1 },
    };
    return (await askBothWays(ctx, person, condition)).holds;
  };
  const codePools = world.pools.slice(0, 1);
  expect(await count({ codePools })).toBe(false);
  await merge(ctx, person, twin);
  expect(await count({ codePools })).toBe(true);
  expect(await count({ codePools: world.pools.slice(1) })).toBe(false);
  // Of these goods the catalogue knows nothing: not that they are shoes, either.
  expect(await count({ goods: { except: { categories: ['shoes'] } } })).toBe(true);
  expect(await count({ goods: { only: { categories: ['shoes'] } } })).toBe(false);
  expect(await count({ goods: { except: { skus: ['UNHEARD-OF'] } } })).toBe(false);
});
