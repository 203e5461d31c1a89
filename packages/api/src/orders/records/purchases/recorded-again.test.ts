import { expect, test } from 'vitest';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { newId } from '../../../platform/ids.ts';
import { ledgerViolations, useTestDatabase } from '../../../testing/loyalty.builders.ts';
import {
  aContext,
  aDraft,
  aLine,
  aMember,
  aReceipt,
  aShop,
  atTill,
  aVisit,
  balanceOf,
  begun,
  orderRow,
  sold,
} from '../../../testing/orders.builders.ts';
import { cancelOrder } from '../../posting/cancel-order.ts';
import { recordOrders } from './record-orders.ts';
import { aFreshPhone, aRecord, record, statuses } from '../../../testing/records.builders.ts';

const db = useTestDatabase();

async function aWebShop(facts: Parameters<typeof aShop>[1] = {}) {
  const ctx = aContext(db.database);
  return { ctx, shop: await aShop(ctx, facts), source: `web-${newId()}` };
}

const profile = (id: string) => ({ id: globalId('Profile', id) });

test('a shopper told later gets the purchase and its points; one told otherwise is a conflict', async () => {
  const { ctx, shop, source } = await aWebShop();
  const [shopper, stranger] = [await aMember(ctx, shop), await aMember(ctx, shop)];
  const anonymous = aRecord(shop, { receipts: [aReceipt('1000.00')] });
  const [first] = await record(ctx, source, anonymous);
  const known = { ...anonymous, profile: profile(shopper) };
  const results = await record(
    ctx,
    source,
    known,
    known,
    anonymous,
    { ...anonymous, profile: profile(stranger) },
    { ...anonymous, profile: { phone: aFreshPhone() } },
  );
  expect(statuses(results)).toEqual(['UPDATED', 'UNCHANGED', 'UNCHANGED', 'CONFLICT', 'CONFLICT']);
  expect(results.map(({ orderId, earned }) => [orderId, earned])).toEqual(
    results.map(() => [first?.orderId, 30]),
  );
  expect(results[3]?.problems).toMatchObject([{ path: ['profile'], code: 'MISMATCH' }]);
  const order = await orderRow(ctx, first?.orderId ?? '');
  expect(order).toMatchObject({ profile_id: shopper, identified_at: 'LATER', earned: 30, planned_earn: 30 });
  expect(order.activate_at).toEqual(new Date('2026-12-04T11:00:00Z'));
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 30 });
  const keys = await ctx.sql
    .selectFrom('receipt_key')
    .select('profile_id')
    .where('order_id', '=', order.id)
    .execute();
  expect(keys).toEqual([{ profile_id: shopper }]);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('documents may be added; one that is on something else is a conflict', async () => {
  const { ctx, shop, source } = await aWebShop();
  const [a, b] = [
    aRecord(shop, { receipts: [aReceipt('1000.00')] }),
    aRecord(shop, { receipts: [aReceipt('999.00')] }),
  ];
  const more = { ...a, receipts: [...a.receipts, aReceipt('0.00')] };
  const results = await record(
    ctx,
    source,
    a,
    b,
    more,
    { ...b, receipts: [...a.receipts] },
    {
      ...aRecord(shop),
      receipts: [...a.receipts, ...b.receipts],
    },
  );
  expect(statuses(results)).toEqual(['CREATED', 'CREATED', 'UPDATED', 'CONFLICT', 'CONFLICT']);
  expect(results[3]?.problems).toMatchObject([{ path: ['receipts', '0'], code: 'DUPLICATE' }]);
  expect(results[4]?.problems).toMatchObject([{ path: ['receipts', '1'], code: 'DUPLICATE' }]);
  const kept = await ctx.sql
    .selectFrom('receipt_key')
    .select('total')
    .where('order_id', '=', results[0]?.orderId ?? '')
    .execute();
  expect(kept.map(({ total }) => total).toSorted((x, y) => Number(x) - Number(y))).toEqual([0, 100_000]);
  const incidents = await ctx.sql
    .selectFrom('incident')
    .select(['kind', 'facts'])
    .where('order_id', '=', results[1]?.orderId ?? '')
    .execute();
  expect(incidents).toEqual([
    { kind: 'RECEIPT_TOTAL_MISMATCH', facts: { total: 99_900, toPay: 100_000, currency: 'RUB' } },
  ]);
});

test('cancelled in the end: what was earned is taken back, an older copy changes nothing', async () => {
  const { ctx, shop, source } = await aWebShop();
  const shopper = await aMember(ctx, shop);
  const sale = aRecord(shop, { profile: profile(shopper) });
  const results = await record(ctx, source, sale, { ...sale, cancelled: true }, sale, {
    ...sale,
    cancelled: true,
  });
  expect(statuses(results)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED', 'UNCHANGED']);
  expect(results.map(({ earned }) => earned)).toEqual([30, 0, 0, 0]);
  expect(await orderRow(ctx, results[0]?.orderId ?? '')).toMatchObject({ state: 'CANCELLED', earned: 0 });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
  const other = aRecord(shop, { profile: profile(shopper), cancelled: true });
  expect(statuses(await record(ctx, source, other, { ...other, cancelled: false }))).toEqual([
    'CREATED',
    'UNCHANGED',
  ]);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('what was begun, has expired or was cancelled is stored as it was told, and its hold given back', async () => {
  const { ctx, shop } = await aWebShop();
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, 1_000);
  const lines = [aLine({ unitPrice: '800.00' })];
  const draft = aDraft({
    lines,
    shopper: { visitId: await aVisit(till, shopper) },
    spendPoints: { exact: 400 },
  });
  const open = await begun(till, draft);
  const expired = await begun(till, { ...draft, spendPoints: { exact: 100 } });
  const cancelled = await begun(till, { ...draft, spendPoints: null });
  await cancelOrder(till, { requestId: newId(), order: { external: { id: cancelled.externalId } } });
  await cancelOrder(till, { requestId: newId(), order: { external: { id: 'never-begun' } } });
  const told = [open, expired, cancelled].map(({ externalId }) => aRecord(shop, { externalId }));
  const [first] = await record(till, till.actor.ownSource, told[0] ?? aRecord(shop));
  expect(first).toMatchObject({ status: 'UPDATED', orderId: open.orderId, earned: 30 });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 900, pending: 30, held: 100, debt: 0 });
  ctx.clock.advance(31 * 60_000);
  const results = await record(
    till,
    till.actor.ownSource,
    ...told,
    aRecord(shop, { externalId: 'never-begun' }),
  );
  expect(statuses(results)).toEqual(['UNCHANGED', 'UPDATED', 'UPDATED', 'CREATED']);
  expect(results.slice(1, 3).map(({ orderId }) => orderId)).toEqual([expired.orderId, cancelled.orderId]);
  expect(await orderRow(ctx, open.orderId)).toMatchObject({
    state: 'COMMITTED',
    profile_id: shopper,
    identified_at: 'SALE',
    to_pay: 100_000,
    points_spent: 0,
    hold_expires_at: null,
  });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 1_000, pending: 90, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('a sale made at the till and told again by the back office is one sale', async () => {
  const { ctx, shop } = await aWebShop();
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, 1_000);
  const draft = aDraft({ shopper: { visitId: await aVisit(till, shopper) }, spendPoints: { exact: 500 } });
  const sale = await sold(till, draft);
  const [receipt] = await ctx.sql
    .selectFrom('receipt_key')
    .select(['fiscal_drive', 'fiscal_document'])
    .where('order_id', '=', sale.orderId)
    .execute();
  const receipts = [
    { fiscalDrive: receipt?.fiscal_drive ?? '', fiscalDocument: receipt?.fiscal_document ?? '' },
  ];
  // The back office knows the points as a discount.
  const lines = [{ ...aLine(), discount: '500.00' }];
  const [same, other] = await record(
    ctx,
    'back-office',
    aRecord(shop, { lines, receipts }),
    aRecord(shop, { lines: [aLine({ unitPrice: '700.00' })], receipts }),
  );
  expect(same).toMatchObject({ status: 'UNCHANGED', orderId: sale.orderId, earned: 15 });
  expect(other).toMatchObject({ status: 'CONFLICT', problems: [{ path: ['lines'] }] });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 500, pending: 15, held: 0, debt: 0 });
});

test('the same batch sent ten times at once is stored once', async () => {
  const { ctx, shop, source } = await aWebShop();
  const shopper = profile(await aMember(ctx, shop));
  const orders = Array.from({ length: 5 }, () => aRecord(shop, { profile: shopper, receipts: [aReceipt()] }));
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => recordOrders({ ...ctx, em: db.database.em() }, { source, orders })),
  );
  const created = replies.flatMap(({ results }) => results).filter(({ status }) => status === 'CREATED');
  expect(created.map(({ externalId }) => externalId).toSorted()).toEqual(
    orders.map(({ externalId }) => externalId).toSorted(),
  );
  expect(
    new Set(replies.map(({ results }) => JSON.stringify(results.map(({ orderId }) => orderId)))).size,
  ).toBe(1);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});
