import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aBuyer, aModel } from '../../testing/models.builders.ts';
import { aContext, aShop } from '../../testing/orders.builders.ts';

const db = useTestDatabase();

test('a question about one month takes nothing from another about all time', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const buyer = await aBuyer(ctx, shop, [{ daysAgo: 200 }]);
  const model = await aModel(ctx);
  const lately: Condition = {
    leaf: 'PURCHASES',
    measure: 'COUNT',
    moments: { kind: 'ROLLING', days: 30 },
    range: { least: 1 },
  };
  const scored: Condition = { leaf: 'RFM', model, recency: [], frequency: [], monetary: [] };
  const both: Condition = { group: 'ALL', of: [scored, { group: 'NONE', of: [lately] }] };
  expect(await askBothWays(ctx, buyer, both)).toMatchObject({ holds: true });
});
