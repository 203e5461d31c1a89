import { expect, test } from 'vitest';
import type { ProgramSettings } from '@clientele/shared/receipt';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { commitOrder, OrderNotCommitted, previewReturn, QuantityExceeded, returnOrder } from '../index.ts';
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
const DAY = 86_400_000;

async function soldByE2(settings: Partial<ProgramSettings> = {}) {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx, { settings });
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, 5_000);
  const lines = [
    aLine({ sku: 'dress', unitPrice: '4990.00' }),
    aLine({ sku: 'scarf', unitPrice: '1290.00' }),
    aLine({ sku: 'socks', unitPrice: '111.00', quantity: '3' }),
  ];
  const shopperRef = { visitId: await aVisit(till, shopper) };
  const order = await sold(till, aDraft({ lines, shopper: shopperRef, spendPoints: { max: true } }));
  return { ctx, shop, till, shopper, order };
}

function back(
  ctx: Context,
  order: { externalId: string },
  lines: { number: number; quantity: string }[] | null,
  requestId: string = newId(),
) {
  const ref = { external: { id: order.externalId } };
  return returnOrder(ctx, {
    requestId,
    order: ref,
    externalId: `return-${requestId}`,
    occurredAt: ctx.clock.now(),
    lines,
    receipts: [],
  });
}

test('E7: partial returns give back the frozen money and points, and claw by what is kept', async () => {
  const { ctx, shop, till, shopper, order } = await soldByE2();
  const scarf = [{ number: 2, quantity: '1' }];
  const seen = await previewReturn(till, { order: { external: { id: order.externalId } }, lines: scarf });
  expect(seen).toMatchObject({ moneyBack: 64_510, pointsRestored: 644, pointsClawedBack: 21, debtAfter: 0 });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 1_694, pending: 99, held: 0, debt: 0 });
  const first = await back(till, order, scarf, 'scarf');
  expect(first).toMatchObject({ moneyBack: 64_510, pointsRestored: 644, pointsClawedBack: 21, debt: 0 });
  expect((await orderRow(ctx, order.orderId)).state).toBe('PARTIALLY_RETURNED');
  const dress = await back(till, order, [{ number: 1, quantity: '1' }]);
  expect(dress).toMatchObject({ moneyBack: 249_538, pointsRestored: 2_495, pointsClawedBack: 75 });
  const socks = await back(till, order, [{ number: 3, quantity: '3' }]);
  expect(socks).toMatchObject({ moneyBack: 16_652, pointsRestored: 167, pointsClawedBack: 3 });
  expect((await orderRow(ctx, order.orderId)).state).toBe('RETURNED');
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 5_000, pending: 0, held: 0, debt: 0 });
  expect(await back(till, order, scarf, 'scarf')).toEqual(first);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('E7: the cheaper sock comes back first; the same key is the same answer; a fourth sock is refused', async () => {
  const { ctx, shop, till, shopper, order } = await soldByE2();
  const sock = [{ number: 3, quantity: '1' }];
  const one = await back(till, order, sock, 'one');
  expect(one).toMatchObject({ moneyBack: 5_550, pointsRestored: 55, pointsClawedBack: 3 });
  expect(one.lines).toEqual([
    {
      number: 3,
      quantityMilli: 1_000,
      moneyBack: 5_550,
      printLines: [{ quantityMilli: 1_000, unitPrice: 5_550, amount: 5_550 }],
    },
  ]);
  expect(await back(till, order, sock, 'one')).toEqual(one);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 1_749, pending: 96 });
  await back(till, order, [{ number: 3, quantity: '2' }]);
  const refused = await back(till, order, sock).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(QuantityExceeded);
  expect(refused).toMatchObject({ number: 3, returnableMilli: 0 });
});

test('the same return under another requestId is the same return; another one is refused', async () => {
  const { ctx, shop, till, shopper, order } = await soldByE2();
  const input = {
    order: { external: { id: order.externalId } },
    externalId: 'back-1',
    occurredAt: ctx.clock.now(),
    lines: [{ number: 2, quantity: '1' }],
    receipts: [],
  };
  const first = await returnOrder(till, { requestId: 'a', ...input });
  expect(await returnOrder(till, { requestId: 'b', ...input })).toEqual(first);
  await expect(
    returnOrder(till, { requestId: 'c', ...input, lines: [{ number: 1, quantity: '1' }] }),
  ).rejects.toMatchObject({ problems: [{ path: ['externalId'], code: 'DUPLICATE' }] });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 2_338, pending: 78 });
});

test('two returns of the last piece at once: one of them is refused', async () => {
  const { till, order } = await soldByE2();
  const both = await Promise.allSettled([
    back(till, order, [{ number: 2, quantity: '1' }]),
    back(till, order, [{ number: 2, quantity: '1' }]),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { number: 2 } });
});

test('nothing to return: of an order that is no sale, of a part of a piece, of what is all back', async () => {
  const { ctx, shop, till, shopper, order } = await soldByE2();
  const open = await begun(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  await expect(back(till, open, null)).rejects.toBeInstanceOf(OrderNotCommitted);
  await expect(back(till, order, [{ number: 1, quantity: '0.5' }])).rejects.toMatchObject({
    problems: [{ path: ['lines', '0', 'quantity'], code: 'RANGE' }],
  });
  await back(till, order, null);
  await expect(back(till, order, null)).rejects.toBeInstanceOf(QuantityExceeded);
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 5_000, pending: 0, held: 0, debt: 0 });
});

/** Earns 57, which become active and are spent elsewhere; then the purchase comes back. */
async function spentElsewhere(settings: Partial<ProgramSettings> = {}) {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx, { settings });
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop);
  const buy = async (price: string, exact = 0) => {
    const lines = [aLine({ unitPrice: price })];
    const visitId = await aVisit(till, shopper);
    return sold(till, aDraft({ lines, shopper: { visitId }, spendPoints: { exact } }));
  };
  const order = await buy('1990.00');
  ctx.clock.advance(15 * DAY);
  await buy('150.00', 57);
  return { ctx, shop, till, shopper, order, buy };
}

test('E8: a return of points already spent is a debt, repaid when the next ones become active', async () => {
  const { ctx, shop, till, shopper, order, buy } = await spentElsewhere();
  expect(await back(till, order, null)).toMatchObject({ pointsClawedBack: 57, debt: 57, debtAfter: 57 });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 0, held: 0, debt: -57 });
  await buy('3000.00');
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 90, debt: -57 });
  ctx.clock.advance(15 * DAY);
  await buy('1.00');
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 33, pending: 0, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('E8 within the balance: nothing is clawed, the shortage is noted', async () => {
  const { ctx, till, order } = await spentElsewhere({ returnPolicy: 'WITHIN_BALANCE' });
  const answer = await back(till, order, null);
  expect(answer).toMatchObject({ pointsClawedBack: 0, debt: 0, withheld: 0, moneyBack: 199_000 });
  const row = await ctx.sql
    .selectFrom('order_return')
    .select('shortage')
    .where('id', '=', answer.returnId)
    .executeTakeFirst();
  expect(row).toEqual({ shortage: 57 });
});

test('E8 from the refund: the money of the points is withheld', async () => {
  const { till, order } = await spentElsewhere({ returnPolicy: 'FROM_REFUND' });
  const ref = { external: { id: order.externalId } };
  expect(await previewReturn(till, { order: ref })).toMatchObject({ withheld: 5_700, moneyBack: 193_300 });
  expect(await back(till, order, null)).toMatchObject({ withheld: 5_700, moneyBack: 193_300, debt: 0 });
});

test('a fiscal document of another order is refused, and the return with it', async () => {
  const { ctx, shop, till, shopper, order } = await soldByE2();
  const other = await begun(till, aDraft());
  const receipt = aReceipt();
  await commitOrder(till, {
    requestId: newId(),
    order: { external: { id: other.externalId } },
    receipts: [receipt],
  });
  const refused = returnOrder(till, {
    requestId: newId(),
    order: { external: { id: order.externalId } },
    externalId: 'r',
    occurredAt: ctx.clock.now(),
    receipts: [receipt],
  });
  await expect(refused).rejects.toMatchObject({ code: 'ReceiptTaken', orderId: other.orderId });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 1_694, pending: 99 });
});
