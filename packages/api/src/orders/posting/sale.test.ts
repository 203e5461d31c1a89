import { expect, test } from 'vitest';
import { beginOrder, cancelOrder, commitOrder, previewOrder, QuoteChanged } from '../index.ts';
import { ledgerViolations, useTestDatabase } from '../../testing/loyalty.builders.ts';
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
} from '../../testing/orders.builders.ts';

const db = useTestDatabase();
const MINUTE = 60_000;

test('E2: half by points, spread to the kopeck, split for the printer, earned on what is paid', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, 5_000);
  const visitId = await aVisit(till, shopper);
  const lines = [
    aLine({ sku: 'dress', unitPrice: '4990.00' }),
    aLine({ sku: 'scarf', unitPrice: '1290.00' }),
    aLine({ sku: 'socks', unitPrice: '111.00', quantity: '3' }),
  ];
  const draft = aDraft({ lines, shopper: { visitId }, spendPoints: { max: true } });
  const { quote, orderId, externalId } = await begun(till, draft);
  expect(quote.quote.points).toMatchObject({ available: 5_000, max: 3_306, applied: 3_306 });
  expect(quote.quote.lines.map((line) => line.pointsDiscount)).toEqual([249_462, 64_490, 16_648]);
  expect(quote.quote.lines[2]?.printLines).toEqual([
    { quantityMilli: 1_000, unitPrice: 5_550, amount: 5_550 },
    { quantityMilli: 2_000, unitPrice: 5_551, amount: 11_102 },
  ]);
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 1_694, pending: 0, held: 3_306, debt: 0 });
  const answer = await commitOrder(till, {
    requestId: 'r',
    order: { external: { id: externalId } },
    receipts: [aReceipt('3307.00')],
  });
  expect(answer).toMatchObject({ earned: 99, overdrawn: 0, orderId });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 1_694, pending: 99, held: 0, debt: 0 });
  const order = await orderRow(ctx, orderId);
  expect(order).toMatchObject({ state: 'COMMITTED', to_pay: 330_700, points_spent: 3_306, earned: 99 });
  expect(order.activate_at).toEqual(new Date('2026-12-04T12:00:00Z'));
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('E6: holds and two tills, and a late commit that overdraws', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const [a, b] = [await atTill(ctx, shop), await atTill(ctx, shop)];
  const shopper = await aMember(ctx, shop, 1_000);
  const [visitA, visitB] = [await aVisit(a, shopper), await aVisit(b, shopper)];
  const lines = [aLine({ unitPrice: '2000.00' })];
  const draftA = aDraft({ lines, shopper: { visitId: visitA }, spendPoints: { exact: 800 } });
  const draftB = aDraft({ lines, shopper: { visitId: visitB }, spendPoints: { exact: 800 } });
  const quotedB = await previewOrder(b, draftB);
  const first = await begun(a, draftA);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 200, held: 800 });
  const max = await previewOrder(b, { ...draftB, spendPoints: { max: true } });
  expect(max.quote.points.applied).toBe(200);
  const changed = await beginOrder(b, {
    requestId: 'b1',
    externalId: 'b1',
    draft: draftB,
    quoteHash: quotedB.hash,
  }).catch((error: unknown) => error);
  expect(changed).toBeInstanceOf(QuoteChanged);
  expect(changed).toMatchObject({
    reasons: [{ code: 'BALANCE' }],
    quote: { quote: { points: { max: 200 } } },
  });
  await cancelOrder(a, { requestId: 'ca', order: { external: { id: first.externalId } } });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 1_000, held: 0 });

  const silent = await begun(a, draftA);
  ctx.clock.advance(31 * MINUTE);
  const visit = await aVisit(b, shopper);
  const spent = await sold(b, aDraft({ lines, shopper: { visitId: visit }, spendPoints: { exact: 900 } }));
  expect((await orderRow(ctx, spent.orderId)).points_spent).toBe(900);
  const receipts = [aReceipt()];
  const late = { order: { external: { id: silent.externalId } }, receipts };
  const answer = await commitOrder(a, { requestId: 'late', ...late });
  expect(answer.overdrawn).toBe(700);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, held: 0, debt: -700 });
  const incidents = await ctx.sql
    .selectFrom('incident')
    .select(['kind', 'order_id'])
    .where('profile_id', '=', shopper)
    .execute();
  expect(incidents).toEqual([{ kind: 'LATE_COMMIT_OVERDRAFT', order_id: silent.orderId }]);
  expect(await commitOrder(a, { requestId: 'late', ...late })).toEqual(answer);
  expect(await commitOrder(a, { requestId: 'later', ...late })).toEqual(answer);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, held: 0, debt: -700 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('F3: one request 50 times in parallel is one order and 50 equal replies', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, 1_000);
  const draft = aDraft({ shopper: { visitId: await aVisit(till, shopper) }, spendPoints: { max: true } });
  const { hash } = await previewOrder(till, draft);
  const input = { requestId: 'same', externalId: 'same', draft, quoteHash: hash };
  const replies = await Promise.all(Array.from({ length: 50 }, () => beginOrder(till, input)));
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 500, held: 500 });
});
