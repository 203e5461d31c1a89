import { expect, test } from 'vitest';
import { upsertProducts } from '../../catalog/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { readPromotionsById } from '../../offers/index.ts';
import { aStore } from '../../testing/company.builders.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aContext, aMember, as, aShop, orderRow, refusal } from '../../testing/orders.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';
import { aRecord } from '../../testing/records.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { recordOrders, type RecordedOrderInput } from '../index.ts';
import { estimatePromotion } from './estimate-promotion.ts';
import { readLimitsLeft } from './limits-left.ts';
import { readResults } from './promotion-results.ts';

const db = useTestDatabase();

const NOW = '2026-11-20T12:00:00Z';
const SHOES = { only: { categories: ['Обувь'] } };
const tenOffShoes = promotionRules({
  audience: {
    who: 'MEMBERS',
    tags: [],
    tiers: [],
    segmentIds: [],
    except: { tags: [], segmentIds: [] },
  },
  benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: SHOES }],
});

/** A shop that sells shoes and socks, and the purchases given. @returns their orders' ids too */
async function aShopThatSold(purchases: readonly Partial<RecordedOrderInput>[]) {
  const ctx = aContext(db.database, NOW);
  const shop = await aShop(ctx);
  const source = `till-${newId()}`;
  await upsertProducts(ctx, {
    source,
    products: [
      { sku: 'shoes', name: 'Дерби', categoryPath: ['Обувь', 'Мужская'] },
      { sku: 'socks', name: 'Носки', categoryPath: ['Аксессуары'] },
    ],
  });
  const orders = purchases.map((purchase, index) =>
    aRecord(shop, { externalId: `e-${index}`, occurredAt: new Date('2026-11-10T09:00:00Z'), ...purchase }),
  );
  const { results } = orders.length > 0 ? await recordOrders(ctx, { source, orders }) : { results: [] };
  return { ctx, shop, orderIds: results.map(({ orderId }) => orderId ?? '') };
}

const shoes = (unitPrice: string) => [{ sku: 'shoes', quantity: '1', unitPrice }];
const by = (profileId: string) => ({ id: globalId('Profile', profileId) });

test('purchases of the last days are calculated again with it and without', async () => {
  const { ctx, shop } = await aShopThatSold([]);
  const member = await aMember(ctx, shop);
  const source = `till-${newId()}`;
  const sold = (externalId: string, facts: Partial<RecordedOrderInput>) =>
    aRecord(shop, { externalId, occurredAt: new Date('2026-11-10T09:00:00Z'), ...facts });
  await recordOrders(ctx, {
    source,
    orders: [
      sold('known', { lines: shoes('5000.00'), profile: by(member) }),
      sold('unknown', { lines: shoes('3000.00'), profile: null }),
      sold('socks', { lines: [{ sku: 'socks', quantity: '1', unitPrice: '333.00' }], profile: by(member) }),
      sold('long ago', {
        lines: shoes('9000.00'),
        profile: by(member),
        occurredAt: new Date('2026-08-01T09:00:00Z'),
      }),
    ],
  });
  const estimate = await estimatePromotion(ctx, { brandId: shop.brandId, rules: tenOffShoes, days: 90 });
  expect(estimate).toEqual({
    __typename: 'PromotionEstimate',
    days: 90,
    orders: 3,
    sampled: 3,
    touched: 1,
    // 150 for 5 000 ₽ become 135 for 4 500 ₽.
    points: -15,
    money: [
      { currency: 'RUB', revenue: 833_300, touchedRevenue: 500_000, discount: 50_000, budgetDays: null },
    ],
    assumptions: [],
  });
});

test('what the past cannot tell is assumed, and said', async () => {
  const { ctx, shop } = await aShopThatSold([{ lines: shoes('5000.00'), profile: null }]);
  const rules = promotionRules({
    when: { from: '2027-01-01T00:00:00Z', to: '2027-02-01T00:00:00Z', weekdays: [], hours: null },
    conditions: [{ kind: 'PROMO_CODE' }],
    benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: SHOES }],
    limits: {
      perOrder: null,
      perShopper: null,
      total: { times: 5, window: { kind: 'ALWAYS' } },
      budget: { RUB: 100_000 },
    },
  });
  const estimate = await estimatePromotion(ctx, { brandId: shop.brandId, rules, days: 30 });
  expect(estimate).toMatchObject({
    touched: 1,
    money: [{ discount: 50_000, budgetDays: 60 }],
    assumptions: ['ANY_DATE', 'CODE_PRESENTED', 'LIMITS_IGNORED'],
  });
});

test('it stands beside what runs now, and instead of what it says itself', async () => {
  const { ctx, shop } = await aShopThatSold([{ lines: shoes('5000.00'), profile: null }]);
  const running = await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: { benefits: [{ kind: 'PERCENT', rateBp: 2_000, goods: SHOES }] },
  });
  const ten = promotionRules({ benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: SHOES }] });
  const added = await estimatePromotion(ctx, { brandId: shop.brandId, rules: ten, days: 30 });
  // 10 % of the 4 000 ₽ the first one left.
  expect(added.money).toMatchObject([{ revenue: 400_000, discount: 40_000 }]);
  const instead = await estimatePromotion(ctx, {
    brandId: shop.brandId,
    promotionId: running,
    rules: ten,
    days: 30,
  });
  expect(instead.money).toMatchObject([{ revenue: 500_000, discount: 50_000 }]);
});

test('wrong rules are refused by their path', async () => {
  const { ctx, shop } = await aShopThatSold([]);
  const rules = { ...tenOffShoes, benefits: [] };
  const refused = await refusal(estimatePromotion(ctx, { brandId: shop.brandId, rules, days: 0 }));
  expect(refused).toBeInstanceOf(InvalidInput);
  expect((refused as InvalidInput).problems.map(({ path }) => path.join('.'))).toEqual([
    'days',
    'rules.benefits',
  ]);
});

test('results count purchases, different known shoppers and money by day; what came back is left out', async () => {
  const { ctx, shop, orderIds } = await aShopThatSold([
    { lines: shoes('5000.00'), profile: null },
    { lines: shoes('3000.00'), profile: null, occurredAt: new Date('2026-11-10T22:30:00Z') },
    { lines: shoes('1000.00'), profile: null },
  ]);
  const promotionId = await aPromotion(ctx, { brandId: shop.brandId });
  for (const [index, orderId] of orderIds.entries()) {
    const order = await orderRow(ctx, orderId);
    await ctx.sql
      .insertInto('promotion_use')
      .values({
        profile_id: order.profile_id,
        id: newId(),
        promotion_id: promotionId,
        revision: 1,
        order_id: orderId,
        store_id: shop.storeId,
        occurred_at: order.occurred_at,
        counted_at: order.occurred_at,
        currency: 'RUB',
        discount: 10_000 * (index + 1),
        points: 5,
        times: 1,
        code: null,
        known: index === 0,
        returned_at: index === 2 ? ctx.clock.now() : null,
      })
      .execute();
  }
  const period = { from: new Date('2026-11-01T00:00:00Z'), to: null };
  const [results, none] = await readResults(ctx, [promotionId, newId()], period);
  const elsewhere = { ...ctx, actor: { ...ctx.actor, storeIds: [newId()] } };
  expect(await readResults(elsewhere, [promotionId], period)).toMatchObject([{ uses: 0, money: [] }]);
  expect(results).toEqual({
    uses: 2,
    buyers: 1,
    points: 10,
    money: [{ currency: 'RUB', discount: 30_000, revenue: 800_000 }],
    byDay: [
      {
        day: '2026-11-10',
        uses: 1,
        points: 5,
        money: [{ currency: 'RUB', discount: 10_000, revenue: 500_000 }],
      },
      // Half past one at night in Moscow.
      {
        day: '2026-11-11',
        uses: 1,
        points: 5,
        money: [{ currency: 'RUB', discount: 20_000, revenue: 300_000 }],
      },
    ],
  });
  expect(none).toEqual({ uses: 0, buyers: 0, points: 0, money: [], byDay: [] });
});

test('whose role holds in one store gets its figures alone', async () => {
  const { ctx, shop } = await aShopThatSold([{ lines: shoes('5000.00'), profile: null }]);
  const other = await aStore(ctx, { brandId: shop.brandId });
  const manager = as(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [other.id] }));
  const rules = promotionRules({ benefits: [{ kind: 'PERCENT', rateBp: 1_000 }] });
  expect(await estimatePromotion(manager, { brandId: shop.brandId, rules, days: 30 })).toMatchObject({
    orders: 0,
    money: [],
  });
  const own = as(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [shop.storeId] }));
  expect(await estimatePromotion(own, { brandId: shop.brandId, rules, days: 30 })).toMatchObject({
    orders: 1,
    money: [{ discount: 50_000 }],
  });
});

test('what is left of limits and budget is told', async () => {
  const { ctx, shop } = await aShopThatSold([]);
  const id = await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: {
      limits: {
        perOrder: null,
        perShopper: null,
        total: { times: 10, window: { kind: 'ALWAYS' } },
        budget: { RUB: 100_000 },
      },
    },
  });
  await ctx.sql
    .insertInto('promotion_counter')
    .values([
      { promotion_id: id, key: 'times', used: 4 },
      { promotion_id: id, key: 'budget:RUB', used: 70_000 },
    ])
    .execute();
  const [promotion] = await readPromotionsById(ctx, [id]);
  if (promotion === undefined) throw new Error('there is no such promotion');
  expect(await readLimitsLeft(ctx, promotion)).toEqual({
    times: 6,
    budget: [{ currency: 'RUB', amount: 100_000, left: 30_000 }],
  });
});
