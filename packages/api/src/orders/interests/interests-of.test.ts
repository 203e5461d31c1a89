import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aBuyer, someGoods } from '../../testing/models.builders.ts';
import { aShop } from '../../testing/orders.builders.ts';
import { aSession } from '../../testing/staff.builders.ts';

const it = useTestApp();

test('the card tells what a shopper likes: categories, brands, colours, where they buy', async () => {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  await someGoods(ctx, { sku: 'coat', category: 'coats', brand: 'Nord', colors: ['black'] });
  await someGoods(ctx, { sku: 'boots', category: 'shoes', brand: 'Ray', colors: ['black', 'red'] });
  const shopper = await aBuyer(ctx, shop, [
    { daysAgo: 190, sku: 'coat', price: '4000.00' },
    { daysAgo: 10, sku: 'boots', price: '1000.00', quantity: '2' },
  ]);
  const query = `query ($id: ID!) { profile(ref: { id: $id }) { interests {
    categories { name share pieces } brands { name share } attributes { attribute values { name share } } channels { name share pieces } } } }`;
  const variables = { id: globalId('Profile', shopper) };
  const marketer = await aSession(ctx, ['MARKETER']);
  expect((await it.app.graphql({ session: marketer.session, query, variables })).data).toEqual({
    profile: {
      interests: {
        categories: [
          { name: 'coats', share: 5_000, pieces: 1 },
          { name: 'shoes', share: 5_000, pieces: 2 },
        ],
        brands: [
          { name: 'Nord', share: 5_000 },
          { name: 'Ray', share: 5_000 },
        ],
        attributes: [
          {
            attribute: 'color',
            values: [
              { name: 'black', share: 10_000 },
              { name: 'red', share: 5_000 },
            ],
          },
        ],
        channels: [{ name: 'STORE', share: 10_000, pieces: 2 }],
      },
    },
  });
  const manager = await aSession(ctx, ['STORE_MANAGER'], { storeIds: [shop.storeId] });
  expect((await it.app.graphql({ session: manager.session, query, variables })).data).toEqual({
    profile: { interests: null },
  });
});
