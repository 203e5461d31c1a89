import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { attachShopper, OrderHasShopper, OrderNotFound, returnOrder, TooLateToAttach } from '../index.ts';
import { AccountBlocked } from '../../loyalty/index.ts';
import { ledgerViolations, useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aCheckout,
  aContext,
  aDraft,
  aLine,
  aMember,
  aShop,
  atTill,
  aVisit,
  balanceOf,
  begun,
  orderRow,
  sold,
} from '../../testing/orders.builders.ts';
import { aPromotion } from '../../testing/promotions.builders.ts';

const db = useTestDatabase();
const DAY = 86_400_000;

async function soldToNobody() {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const lines = [aLine({ unitPrice: '1000.00' }), aLine({ unitPrice: '990.00' })];
  const order = await sold(till, aDraft({ lines }));
  const shopper = await aMember(ctx, shop);
  const attach = async (externalId: string, requestId: string = newId()) =>
    attachShopper(till, {
      requestId,
      order: { external: { id: externalId } },
      shopper: { visitId: await aVisit(till, shopper) },
    });
  return { ctx, shop, till, order, shopper, attach };
}

test('a sale becomes its shopper’s: it moves, earns from its own time on, and is noted', async () => {
  const { ctx, shop, till, order, shopper } = await soldToNobody();
  ctx.clock.advance(3 * DAY);
  const input = {
    requestId: 'attach',
    order: { external: { id: order.externalId } },
    shopper: { visitId: await aVisit(till, shopper) },
  };
  const answer = await attachShopper(till, input);
  expect(answer).toMatchObject({ earned: 57, orderId: order.orderId, profileId: shopper });
  expect(new Date(answer.activateAt ?? '')).toEqual(new Date('2026-12-04T12:00:00Z'));
  expect(await attachShopper(till, input)).toEqual(answer);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 57 });
  const row = await orderRow(ctx, order.orderId);
  expect(row).toMatchObject({ profile_id: shopper, identified_at: 'LATER', earned: 57, state: 'COMMITTED' });
  const lines = await ctx.sql
    .selectFrom('order_line')
    .select(['profile_id', 'earn_base', 'earn_share'])
    .where('order_id', '=', order.orderId)
    .orderBy('number')
    .execute();
  expect(lines).toEqual([
    { profile_id: shopper, earn_base: 100_000, earn_share: 29 },
    { profile_id: shopper, earn_base: 99_000, earn_share: 28 },
  ]);
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'actor_kind'])
    .where('subject', '=', `order:${order.orderId}`)
    .execute();
  expect(audited).toEqual([{ action: 'order.shopper-attached', actor_kind: 'CASHIER' }]);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('what came back before does not earn, and what comes back later is clawed', async () => {
  const { ctx, shop, till, order, shopper, attach } = await soldToNobody();
  const back = (number: number) =>
    returnOrder(till, {
      requestId: newId(),
      order: { external: { id: order.externalId } },
      externalId: newId(),
      lines: [{ number, quantity: '1' }],
      receipts: [],
    });
  await back(2);
  expect(await attach(order.externalId)).toMatchObject({ earned: 30 });
  expect(await back(1)).toMatchObject({ pointsClawedBack: 30, moneyBack: 100_000 });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('refused: a sale that has its shopper, one that is none, one of another store, one too old', async () => {
  const { ctx, shop, till, order, shopper, attach } = await soldToNobody();
  const own = await sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  await expect(attach(own.externalId)).rejects.toBeInstanceOf(OrderHasShopper);
  const open = await begun(till, aDraft());
  await expect(attach(open.externalId)).rejects.toBeInstanceOf(OrderNotFound);
  const elsewhere = await atTill(ctx, await aShop(ctx));
  const foreign = attachShopper(elsewhere, {
    requestId: newId(),
    order: { external: { source: till.actor.ownSource, id: order.externalId } },
    shopper: { visitId: await aVisit(elsewhere, shopper) },
  });
  await expect(foreign).rejects.toBeInstanceOf(OrderNotFound);
  ctx.clock.advance(14 * DAY + 1);
  const late = await attach(order.externalId).catch((error: unknown) => error);
  expect(late).toBeInstanceOf(TooLateToAttach);
  expect(late).toMatchObject({ until: new Date('2026-12-04T12:00:00Z') });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 30 });
});

test('refused: a blocked account, and more sales a day than the program allows', async () => {
  const { ctx, shop, till, order, shopper, attach } = await soldToNobody();
  for (const price of ['100.00', '200.00', '300.00']) {
    const { externalId } = await sold(till, aDraft({ lines: [aLine({ unitPrice: price })] }));
    await attach(externalId);
  }
  await expect(attach(order.externalId)).rejects.toMatchObject({
    problems: [{ path: ['shopper'], code: 'TOO_MANY' }],
  });
  ctx.clock.advance(DAY);
  await ctx.sql
    .updateTable('loyalty_account')
    .set({ status: 'BLOCKED' })
    .where('profile_id', '=', shopper)
    .execute();
  await expect(attach(order.externalId)).rejects.toBeInstanceOf(AccountBlocked);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 18 });
});

test('a late shopper earns the points of promotions on what is kept, and their uses become the shopper’s', async () => {
  const { ctx, shop, till, shopper } = await aCheckout(db.database);
  const promotionId = await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: { benefits: [{ kind: 'EXTRA_POINTS', points: 7, per: 'ITEM' }] },
  });
  const sale = await sold(till, aDraft({ lines: [aLine({ quantity: '3' })] }));
  const order = { external: { id: sale.externalId } };
  const back = { requestId: newId(), externalId: newId(), receipts: [] };
  await returnOrder(till, { ...back, order, lines: [{ number: 1, quantity: '1' }] });
  const visitId = await aVisit(till, shopper);
  // 3 for each full 100 of 2 000.00, and 7 for each of two.
  expect(await attachShopper(till, { requestId: newId(), order, shopper: { visitId } })).toMatchObject({
    earned: 74,
  });
  const uses = await ctx.sql
    .selectFrom('promotion_use')
    .select(['profile_id', 'promotion_id', 'known'])
    .where('order_id', '=', sale.orderId)
    .execute();
  expect(uses).toEqual([{ profile_id: shopper, promotion_id: promotionId, known: true }]);
});
