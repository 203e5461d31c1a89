import { expect, test } from 'vitest';
import { recordOrders, previewOrder } from '../../index.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { useTestDatabase } from '../../../testing/loyalty.builders.ts';
import { aCheckout, aDraft, aVisit, begun, orderRow, sold } from '../../../testing/orders.builders.ts';
import { aPromotion } from '../../../testing/promotions.builders.ts';
import { aRecord } from '../../../testing/records.builders.ts';

const db = useTestDatabase();
const MINUTE = 60_000;

/** A till with 10 % once for each shopper and twice in all, and 50 points more. */
async function aSale() {
  const checkout = await aCheckout(db.database);
  const always = { kind: 'ALWAYS' } as const;
  const promotionId = await aPromotion(checkout.ctx, {
    brandId: checkout.shop.brandId,
    rules: {
      audience: { who: 'MEMBERS', tags: [], tiers: [], segmentIds: [], except: { tags: [], segmentIds: [] } },
      benefits: [
        { kind: 'PERCENT', rateBp: 1_000 },
        { kind: 'EXTRA_POINTS', points: 50, per: 'ORDER' },
      ],
      limits: {
        perOrder: null,
        perShopper: { times: 1, window: always },
        total: { times: 2, window: always },
        budget: null,
      },
    },
  });
  const { sql } = checkout.ctx;
  const used = async () => ({
    counted: (
      await sql
        .selectFrom('promotion_counter')
        .select('used')
        .where('promotion_id', '=', promotionId)
        .execute()
    ).map((row) => row.used),
    uses: (
      await sql
        .selectFrom('promotion_use')
        .select('returned_at')
        .where('promotion_id', '=', promotionId)
        .execute()
    ).map((row) => row.returned_at === null),
  });
  const source = checkout.till.actor.ownSource;
  return { ...checkout, used, source };
}

test('a record takes discounts as facts: no promotion lowers it, counts it or adds points', async () => {
  const { shop, shopper, till, source, used } = await aSale();
  const record = aRecord(shop, {
    profile: { id: globalId('Profile', shopper) },
    lines: [{ sku: 'goods', quantity: '1', unitPrice: '1000.00', discount: '50.00' }],
  });
  const { results } = await recordOrders(till, { source, orders: [record] });
  expect(results[0]).toMatchObject({ status: 'CREATED', earned: 27 });
  expect(await orderRow(till, results[0]?.orderId ?? '')).toMatchObject({ to_pay: 95_000, promotions: null });
  expect(await used()).toEqual({ counted: [], uses: [] });
});

test('an order that was begun and is recorded in the end gives its promotion back', async () => {
  const { shop, shopper, till, visitId, source, used } = await aSale();
  const order = await begun(till, aDraft({ shopper: { visitId } }));
  expect(await used()).toEqual({ counted: [1], uses: [] });
  const record = aRecord(shop, {
    externalId: order.externalId,
    profile: { id: globalId('Profile', shopper) },
  });
  await recordOrders(till, { source, orders: [record] });
  expect(await used()).toEqual({ counted: [0], uses: [] });
  const again = aDraft({ shopper: { visitId: await aVisit(till, shopper) } });
  expect((await previewOrder(till, again)).quote.discount).toBe(10_000);
});

test('a sale that was none in the end gives its promotion back with its points', async () => {
  const { ctx, shop, shopper, till, visitId, source, used } = await aSale();
  const sale = await sold(till, aDraft({ shopper: { visitId } }));
  expect(sale.earned).toBe(77);
  expect(await used()).toEqual({ counted: [1], uses: [true] });
  ctx.clock.advance(MINUTE);
  const record = aRecord(shop, {
    externalId: sale.externalId,
    profile: { id: globalId('Profile', shopper) },
    lines: [{ sku: 'goods', quantity: '1', unitPrice: '1000.00', discount: '100.00' }],
    cancelled: true,
  });
  const { results } = await recordOrders(till, { source, orders: [record] });
  expect(results[0]?.status).toBe('UPDATED');
  expect(await orderRow(ctx, sale.orderId)).toMatchObject({ state: 'CANCELLED', earned: 0 });
  expect(await used()).toEqual({ counted: [0], uses: [false] });
});
