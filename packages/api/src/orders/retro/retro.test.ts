import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import { aMember, atTill, balanceOf } from '../../testing/orders.builders.ts';
import { aRecord, record, recordBack } from '../../testing/records.builders.ts';
import { aYoungProgram, earnedOf, threeReceipts } from '../../testing/retro.builders.ts';
import { returnOrder } from '../index.ts';

const it = useTestApp();
const DAY = 86_400_000;

test('E14: per receipt 369 + 147 + 27 = 543, first counted, then granted; again it is 0', async () => {
  const { ctx, shop, shopper, orders, plan, execute } = await threeReceipts(it.app.context());
  expect(await earnedOf(ctx, orders)).toEqual([0, 0, 0]);
  const dry = await plan();
  expect(dry).toMatchObject({
    customers: 1,
    orders: 3,
    points: 543,
    cut: 0,
    nothing: 0,
    samples: [{ profileId: shopper, orders: 3, points: 543, cut: 0 }],
    worth: [{ currency: 'RUB', net: 54_300, gross: 54_300 }],
  });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 0 });
  expect(await execute(dry.runId)).toMatchObject({ customers: 1, orders: 3, points: 543, cut: 0 });
  expect(await earnedOf(ctx, orders)).toEqual([369, 147, 27]);
  // Long past their freeze, they are active at once.
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 543, pending: 0 });
  const lots = await ctx.sql
    .selectFrom('lot')
    .select(['source', 'source_id', 'granted', 'rule_id'])
    .where('profile_id', '=', shopper)
    .orderBy('id')
    .execute();
  expect(lots).toEqual(
    orders.map((source_id, index) => ({
      source: 'RETRO',
      source_id,
      granted: [369, 147, 27][index],
      rule_id: 'purchase',
    })),
  );
  expect(await plan()).toMatchObject({ customers: 0, orders: 0, points: 0 });
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('E14: a cap of 500 grants 500, what is cut is cut from the last receipts, again it is 0', async () => {
  const { ctx, orders, plan, execute } = await threeReceipts(it.app.context());
  const dry = await plan({ capPerCustomer: 500 });
  expect(dry).toMatchObject({ points: 500, cut: 43, capped: 1, orders: 2 });
  expect(await execute(dry.runId)).toMatchObject({ points: 500, cut: 43, orders: 3 });
  expect(await earnedOf(ctx, orders)).toEqual([369, 131, 0]);
  const cuts = await ctx.sql
    .selectFrom('retro_grant')
    .select(['order_id', 'points', 'cut'])
    .where('run_id', '=', dry.runId)
    .orderBy('id')
    .execute();
  expect(cuts).toEqual([
    { order_id: orders[0], points: 369, cut: 0 },
    { order_id: orders[1], points: 131, cut: 16 },
    { order_id: orders[2], points: 0, cut: 27 },
  ]);
  const shares = await ctx.sql
    .selectFrom('order_line')
    .select('earn_share')
    .where('order_id', '=', orders[1] ?? '')
    .execute();
  expect(shares).toEqual([{ earn_share: 131 }]);
  expect(await plan()).toMatchObject({ points: 0 });
});

test('goods that came back earn nothing, and what comes back later takes its points along', async () => {
  const { ctx, shop, buy, plan, execute } = await aYoungProgram(it.app.context());
  const shopper = await aMember(ctx, shop);
  const profile = { id: globalId('Profile', shopper) };
  const lines = [
    { sku: 'coat', quantity: '1', unitPrice: '1000.00' },
    { sku: 'hat', quantity: '1', unitPrice: '990.00' },
  ];
  const sale = aRecord(shop, { occurredAt: new Date('2026-03-01T12:00:00Z'), profile, lines });
  const [sold] = await record(ctx, 'old-crm', sale);
  await recordBack(ctx, 'old-crm', {
    externalId: newId(),
    occurredAt: new Date('2026-03-05T12:00:00Z'),
    order: { external: { id: sale.externalId } },
    lines: [{ sku: 'hat', quantity: '1' }],
    receipts: [],
  });
  const gone = await buy(shopper, '500.00', '2026-03-02');
  await ctx.sql.updateTable('orders').set({ state: 'RETURNED' }).where('id', '=', gone).execute();
  const dry = await plan();
  expect(dry).toMatchObject({ orders: 1, points: 30 });
  await execute(dry.runId);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 30 });
  const till = await atTill(ctx, shop);
  const back = await returnOrder(asActor(ctx, { ...ctx.actor, till: till.actor.till }), {
    requestId: newId(),
    order: { id: globalId('Order', sold?.orderId ?? '') },
    externalId: newId(),
    lines: [{ number: 1, quantity: '1' }],
    receipts: [],
  });
  expect(back).toMatchObject({ moneyBack: 100_000, pointsClawedBack: 30 });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, debt: 0 });
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('a freeze of its own counts from the granting; expiry counts from the activation', async () => {
  const { ctx, shop, shopper, plan, execute } = await threeReceipts(it.app.context(), {
    settings: { ttlDays: 30 },
  });
  const { runId } = await plan({ freezeDays: 10 });
  await execute(runId);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 543 });
  const [lot] = await ctx.sql
    .selectFrom('lot')
    .select(['activate_at', 'expire_at'])
    .where('profile_id', '=', shopper)
    .execute();
  expect(lot?.activate_at).toEqual(new Date(it.app.clock.now().getTime() + 10 * DAY));
  expect(lot?.expire_at?.getTime()).toBeGreaterThanOrEqual(it.app.clock.now().getTime() + 40 * DAY);
});
