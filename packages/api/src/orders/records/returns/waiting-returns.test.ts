import { expect, test } from 'vitest';
import { globalId } from '../../../platform/graphql/global-id.ts';
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
} from '../../../testing/orders.builders.ts';
import { commitOrder } from '../../posting/commit-order.ts';
import { waitingReturnsJob } from './apply-waiting.ts';
import {
  aPurchase,
  aRecord,
  aReturnRecord,
  record,
  recordBack,
  returnRow,
  statuses,
} from '../../../testing/records.builders.ts';

const db = useTestDatabase();

test('before its order: it waits, and is applied when the order is recorded, by number or by document', async () => {
  const { ctx, shop, source, shopper, sale, order } = await aPurchase(db.database);
  const [receipt] = sale.receipts;
  const byNumber = aReturnRecord({
    order,
    lines: [{ sku: 'dress', quantity: '1' }],
    receipts: [aReceipt('3000.00')],
  });
  const byPaper = aReturnRecord({
    order: {
      receipt: { fiscalDrive: receipt?.fiscalDrive ?? '', fiscalDocument: receipt?.fiscalDocument ?? '' },
    },
    lines: [{ number: 2, quantity: '2' }],
  });
  const tooMany = aReturnRecord({ order, lines: [{ sku: 'socks', quantity: '4' }] });
  const waiting = await recordBack(ctx, source, byNumber, byPaper, tooMany, byNumber, {
    ...byNumber,
    lines: [{ sku: 'hat', quantity: '1' }],
  });
  expect(statuses(waiting)).toEqual(['WAITING', 'WAITING', 'WAITING', 'WAITING', 'CONFLICT']);
  const [result] = await record(ctx, source, sale);
  expect(result).toMatchObject({ status: 'CREATED', earned: 123 });
  expect((await orderRow(ctx, result?.orderId ?? '')).state).toBe('PARTIALLY_RETURNED');
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 27 });
  const after = await recordBack(ctx, source, byNumber, byPaper, tooMany);
  expect(statuses(after)).toEqual(['UNCHANGED', 'UNCHANGED', 'REJECTED']);
  const left = await ctx.sql
    .selectFrom('waiting_return')
    .select(['external_id', 'record'])
    .where('source', '=', source)
    .execute();
  expect(left).toMatchObject([
    { external_id: tooMany.externalId, record: { problems: [{ path: ['lines', '0', 'quantity'] }] } },
  ]);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('of an order that is only begun: it waits until the sale is committed', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, 1_000);
  const lines = [aLine({ sku: 'coat' }), aLine({ sku: 'hat' })];
  const open = await begun(
    till,
    aDraft({ lines, shopper: { visitId: await aVisit(till, shopper) }, spendPoints: { exact: 1_000 } }),
  );
  const order = { external: { id: open.externalId } };
  const back = aReturnRecord({
    order: { id: globalId('Order', open.orderId) },
    lines: [{ sku: 'hat', quantity: '1' }],
  });
  expect(statuses(await recordBack(till, till.actor.ownSource, back))).toEqual(['WAITING']);
  const answer = await commitOrder(till, { requestId: 'c', order, receipts: [aReceipt()] });
  expect(answer).toMatchObject({ earned: 30 });
  expect((await orderRow(ctx, open.orderId)).state).toBe('PARTIALLY_RETURNED');
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 500, pending: 15, held: 0, debt: 0 });
  const [again] = await recordBack(till, till.actor.ownSource, back);
  expect(again?.status).toBe('UNCHANGED');
  expect(await returnRow(ctx, again?.returnId)).toMatchObject({
    money_back: 50_000,
    points_restored: 500,
    points_clawed: 15,
  });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('a return and its order that did not see each other are brought together by the job', async () => {
  const { ctx, shop, source, shopper, sale, order } = await aPurchase(db.database);
  const back = aReturnRecord({ order, lines: [{ sku: 'dress', quantity: '1' }] });
  await recordBack(ctx, source, back);
  // As if the return had been told while the order was being stored.
  const rename = (from: string, to: string) =>
    ctx.sql
      .updateTable('waiting_return')
      .set({ order_key: to })
      .where('order_key', '=', from)
      .where('source', '=', source)
      .execute();
  await rename(`order:${source}:A-1`, 'order:elsewhere:A-1');
  const [result] = await record(ctx, source, sale);
  await rename('order:elsewhere:A-1', `order:${source}:A-1`);
  expect((await orderRow(ctx, result?.orderId ?? '')).state).toBe('COMMITTED');
  await waitingReturnsJob.run(ctx, undefined);
  expect((await orderRow(ctx, result?.orderId ?? '')).state).toBe('PARTIALLY_RETURNED');
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 33 });
  expect(statuses(await recordBack(ctx, source, back))).toEqual(['UNCHANGED']);
});

test('a return whose number or document was used while it waited never stops the sale', async () => {
  const { ctx, shop, source, shopper, sale, order } = await aPurchase(db.database);
  const paper = aReceipt('100.00');
  const byPaper = aReturnRecord({ order, lines: [{ number: 2, quantity: '1' }], receipts: [paper] });
  const inTime = aReturnRecord({ order, lines: [{ sku: 'dress', quantity: '1' }] });
  expect(statuses(await recordBack(ctx, source, byPaper, inTime))).toEqual(['WAITING', 'WAITING']);
  const other = aRecord(shop, { receipts: [paper] });
  expect(statuses(await record(ctx, source, other, sale))).toEqual(['CREATED', 'CREATED']);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 33 });
  const left = await ctx.sql
    .selectFrom('waiting_return')
    .select(['external_id', 'record'])
    .where('source', '=', source)
    .execute();
  expect(left).toMatchObject([
    {
      external_id: byPaper.externalId,
      record: { problems: [{ path: ['receipts', '0'], code: 'DUPLICATE' }] },
    },
  ]);
});
