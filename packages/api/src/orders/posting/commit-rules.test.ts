import { expect, test } from 'vitest';
import { createStore } from '../../company/index.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { IdempotencyConflict } from '../../platform/errors.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { moveShopperRows } from '../../profiles/index.ts';
import {
  AlreadyCancelled,
  AlreadyCommitted,
  beginOrder,
  cancelOrder,
  commitOrder,
  OrderNotFound,
  previewOrder,
  ReceiptTaken,
  returnOrder,
} from '../index.ts';
import { ORDER_ROWS } from '../moves.ts';
import { findOrder, readOrders } from '../order/read-orders.ts';
import { ledgerViolations, useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aContext,
  aDraft,
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

async function aBegunOrder(points = 500) {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, points);
  const visitId = await aVisit(till, shopper);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { max: true } });
  const order = await begun(till, draft);
  const ref = { external: { id: order.externalId } };
  const commit = (receipts: ReturnType<typeof aReceipt>[] = [], occurredAt?: Date) =>
    commitOrder(till, { requestId: newId(), order: ref, receipts, occurredAt });
  const incidents = () =>
    ctx.sql
      .selectFrom('incident')
      .select(['kind', 'facts'])
      .where('profile_id', '=', shopper)
      .orderBy('id')
      .execute();
  return { ctx, shop, till, shopper, visitId, draft, order, ref, commit, incidents };
}

async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'it was accepted',
    (error: unknown) => error,
  );
}

test('a verification covers one redemption: afterwards the visit earns only', async () => {
  const { till, visitId, commit, ctx, shop } = await aBegunOrder();
  await commit();
  const draft = aDraft({ shopper: { visitId }, spendPoints: { exact: 1 } });
  const { quote, hash } = await previewOrder(till, draft);
  expect(quote).toMatchObject({
    points: { max: 0, limits: [{ code: 'NOT_VERIFIED' }] },
    verificationRequired: true,
  });
  expect(quote.earning.points).toBe(30);
  const input = { requestId: newId(), externalId: newId(), draft, quoteHash: hash };
  expect(await refusal(beginOrder(till, input))).toMatchObject({ code: 'VerificationRequired' });
  const earnOnly = await aVisit(till, await aMember(ctx, shop, 100));
  await sold(till, aDraft({ shopper: { visitId: earnOnly } }));
  const still = await previewOrder(
    till,
    aDraft({ shopper: { visitId: earnOnly }, spendPoints: { max: true } }),
  );
  expect(still.quote.points.applied).toBe(100);
});

test('committing again, with whatever request, posts nothing again', async () => {
  const { ctx, shop, till, shopper, ref, commit } = await aBegunOrder();
  const input = { requestId: newId(), order: ref, receipts: [aReceipt()] };
  const first = await commitOrder(till, input);
  expect(await commitOrder(till, input)).toEqual(first);
  expect(await commit()).toEqual(first);
  expect(await refusal(commitOrder(till, { ...input, receipts: [] }))).toBeInstanceOf(IdempotencyConflict);
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 15, held: 0, debt: 0 });
});

test('fifty commits in parallel are one sale', async () => {
  const { ctx, shop, till, shopper, ref } = await aBegunOrder();
  const receipts = [aReceipt()];
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      commitOrder(till, { requestId: `parallel-${index % 2}`, order: ref, receipts }),
    ),
  );
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 15, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('further receipts are added; one of another order is refused with that order', async () => {
  const { ctx, till, order, commit } = await aBegunOrder();
  const [one, two] = [aReceipt(), aReceipt()];
  await commit([one]);
  await commit([one, two]);
  const kept = await ctx.sql
    .selectFrom('receipt_key')
    .select('fiscal_document')
    .where('order_id', '=', order.orderId)
    .execute();
  expect(kept.map((row) => row.fiscal_document).toSorted()).toEqual(
    [one.fiscalDocument, two.fiscalDocument].toSorted(),
  );
  const other = await begun(till, aDraft());
  const taken = commitOrder(till, {
    requestId: newId(),
    order: { external: { id: other.externalId } },
    receipts: [aReceipt(), two],
  });
  const error = await refusal(taken);
  expect(error).toBeInstanceOf(ReceiptTaken);
  expect(error).toMatchObject({ orderId: order.orderId });
  expect((await orderRow(ctx, other.orderId)).state).toBe('BEGUN');
  const added = await ctx.sql
    .selectFrom('outbox_event')
    .select('kind')
    .where('kind', 'in', ['order.committed', 'order.receipt-added'])
    .where('profile_id', '=', (await orderRow(ctx, order.orderId)).profile_id)
    .orderBy('position')
    .execute();
  expect(added.map(({ kind }) => kind)).toEqual(['order.committed', 'order.receipt-added']);
});

test('a receipt with another total is accepted and noted', async () => {
  const { commit, incidents } = await aBegunOrder();
  await commit([aReceipt('499.99')]);
  expect(await incidents()).toEqual([
    { kind: 'RECEIPT_TOTAL_MISMATCH', facts: { total: 49_999, toPay: 50_000, currency: 'RUB' } },
  ]);
});

test('the till’s time counts within five minutes; beyond them the server’s, and it is noted', async () => {
  const near = await aBegunOrder();
  const told = new Date(near.ctx.clock.now().getTime() - 5 * MINUTE);
  await near.commit([], told);
  expect((await orderRow(near.ctx, near.order.orderId)).occurred_at).toEqual(told);
  expect(await near.incidents()).toEqual([]);
  const far = await aBegunOrder();
  const wrong = new Date(far.ctx.clock.now().getTime() + 5 * MINUTE + 1);
  await far.commit([], wrong);
  expect((await orderRow(far.ctx, far.order.orderId)).occurred_at).toEqual(far.ctx.clock.now());
  expect((await far.incidents()).map(({ kind }) => kind)).toEqual(['CLOCK_SKEW']);
});

test('after a cancel only a receipt makes a sale of it: the points are taken again', async () => {
  const { ctx, shop, till, shopper, ref, commit } = await aBegunOrder();
  await cancelOrder(till, { requestId: newId(), order: ref });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 500, held: 0 });
  expect(await refusal(commit())).toBeInstanceOf(AlreadyCancelled);
  expect(await commit([aReceipt()])).toMatchObject({ overdrawn: 0, earned: 15 });
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 15, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('a sale is not cancelled and not begun again', async () => {
  const { till, draft, order, ref, commit } = await aBegunOrder();
  await commit();
  const cancelled = await refusal(cancelOrder(till, { requestId: newId(), order: ref }));
  expect(cancelled).toBeInstanceOf(AlreadyCommitted);
  expect(cancelled).toMatchObject({ orderId: order.orderId });
  const plain = aDraft({ shopper: draft.shopper });
  const again = begun(till, plain, { externalId: order.externalId });
  expect(await refusal(again)).toBeInstanceOf(AlreadyCommitted);
});

test('orders of another store and of nobody do not exist; who tries to cancel one is noted', async () => {
  const { ctx, shop, till, shopper, order } = await aBegunOrder();
  const elsewhere = await atTill(ctx, await aShop(ctx));
  const foreign = [
    { id: globalId('Order', order.orderId) },
    { external: { source: till.actor.ownSource, id: order.externalId } },
    { receipt: { fiscalDrive: 'no', fiscalDocument: 'such' } },
    { id: 'garbage' },
  ];
  for (const ref of foreign) {
    const commit = commitOrder(elsewhere, { requestId: newId(), order: ref, receipts: [aReceipt()] });
    expect(await refusal(commit)).toBeInstanceOf(OrderNotFound);
    const cancel = cancelOrder(elsewhere, { requestId: newId(), order: ref });
    expect(await refusal(cancel)).toMatchObject({ problems: [{ path: ['order'], code: 'UNKNOWN' }] });
    const back = returnOrder(elsewhere, {
      requestId: newId(),
      order: ref,
      externalId: newId(),
      receipts: [],
    });
    expect(await refusal(back)).toBeInstanceOf(OrderNotFound);
  }
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, held: 500 });
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select('action')
    .where('action', '=', 'order.cancel-refused')
    .where('actor_id', '=', elsewhere.actor.id)
    .execute();
  expect(audited).toHaveLength(4);
  expect(await readOrders(elsewhere, [order.orderId])).toEqual([null]);
});

test('by its receipt a sale is found in every store of the brand, its shopper hidden', async () => {
  const { ctx, shop, order, commit } = await aBegunOrder();
  const receipt = aReceipt();
  await commit([receipt]);
  const code = `second-${newId()}`;
  const second = await createStore(ctx, {
    brandId: shop.brandId,
    code,
    name: 'Second',
    timeZone: 'Europe/Moscow',
    currency: 'RUB',
    country: 'RU',
    language: 'ru',
  });
  const sister = await atTill(ctx, { ...shop, storeId: second, storeCode: code });
  expect(await findOrder(sister, receipt)).toMatchObject({ id: order.orderId, hidden: true });
  expect(await findOrder(sister, { id: order.orderId })).toBeNull();
  const stranger = await atTill(ctx, await aShop(ctx));
  expect(await findOrder(stranger, receipt)).toBeNull();
});

test('when two profiles turn out to be one, orders, returns and what they are found by go along', async () => {
  const { ctx, shop, till, shopper, order, ref, commit } = await aBegunOrder(0);
  const receipt = aReceipt();
  await commit([receipt]);
  const survivor = await aMember(ctx, shop);
  await inTransaction(ctx, (tx) => moveShopperRows(tx, ORDER_ROWS, shopper, survivor));
  expect(await findOrder(till, receipt)).toMatchObject({ id: order.orderId, profile_id: survivor });
  const lines = await ctx.sql
    .selectFrom('order_line')
    .select('profile_id')
    .where('order_id', '=', order.orderId)
    .execute();
  expect(lines).toEqual([{ profile_id: survivor }]);
  expect(await refusal(cancelOrder(till, { requestId: newId(), order: ref }))).toBeInstanceOf(
    AlreadyCommitted,
  );
});
