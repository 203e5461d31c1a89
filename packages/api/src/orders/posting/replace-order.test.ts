import { expect, test } from 'vitest';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { beginOrder, commitOrder, previewOrder, type OrderDraft } from '../index.ts';
import { expireOrders } from './expire-orders.ts';
import { ledgerViolations, useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aCheckout,
  aDraft,
  aLine,
  aMember,
  aVisit,
  balanceOf,
  begin,
  begun,
  orderRow,
  reasonsOf,
  refusal,
} from '../../testing/orders.builders.ts';

const db = useTestDatabase();
const MINUTE = 60_000;
const THREE_LINES = [aLine({ sku: 'a' }), aLine({ sku: 'b' }), aLine({ sku: 'c', unitPrice: '100.00' })];

test('E16: a voided line is begun again; the old hold is gone, what is earned leaves the line out', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database, 5_000);
  const draft = aDraft({ lines: THREE_LINES, shopper: { visitId }, spendPoints: { max: true } });
  const first = await begun(till, draft);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 3_950, held: 1_050 });
  const voided = aDraft({ ...draft, lines: THREE_LINES.slice(0, 2) });
  expect(await reasonsOf(begin(till, voided, first.quote.hash, first.externalId))).toEqual([
    { code: 'PRICE', line: null },
  ]);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 3_950, held: 1_050 });
  const second = await begun(till, voided, { externalId: first.externalId });
  expect(second.orderId).toBe(first.orderId);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 4_000, held: 1_000 });
  const order = { external: { id: first.externalId } };
  expect(await commitOrder(till, { requestId: newId(), order, receipts: [] })).toMatchObject({ earned: 30 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('E16 with a balance that its own hold uses up: the new basket is begun in one go', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database, 1_000);
  const draft = aDraft({ lines: THREE_LINES, shopper: { visitId }, spendPoints: { exact: 900 } });
  const first = await begun(till, draft);
  const smaller = aDraft({
    lines: THREE_LINES.slice(0, 2),
    shopper: { visitId },
    spendPoints: { max: true },
  });
  const second = await begun(till, smaller, { externalId: first.externalId });
  expect(second.quote.quote.points.applied).toBe(100);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 900, held: 100 });
  const asked = aDraft({ ...smaller, spendPoints: { exact: 950 } });
  const { hash } = await previewOrder(till, asked);
  const changed = await refusal(begin(till, asked, hash, first.externalId));
  expect(changed).toMatchObject({
    reasons: [{ code: 'BALANCE' }],
    quote: { quote: { points: { applied: 950 } } },
  });
});

test('a changed shopper takes the order along; the first one’s points come back', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database, 500);
  const first = await begun(till, aDraft({ shopper: { visitId }, spendPoints: { max: true } }));
  const other = await aMember(ctx, shop, 300);
  const draft = aDraft({ shopper: { visitId: await aVisit(till, other) }, spendPoints: { max: true } });
  const second = await begun(till, draft, { externalId: first.externalId });
  expect(second.orderId).toBe(first.orderId);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 500, held: 0 });
  expect(await balanceOf(ctx, shop, other)).toMatchObject({ active: 0, held: 300 });
  expect((await orderRow(ctx, first.orderId)).profile_id).toBe(other);
  const nobody = await begun(till, aDraft(), { externalId: first.externalId });
  expect(await orderRow(ctx, nobody.orderId)).toMatchObject({ identified_at: null, points_spent: 0 });
  expect(await balanceOf(ctx, shop, other)).toMatchObject({ active: 300, held: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('two numbers are two orders', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database, 1_000);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { exact: 300 } });
  const [one, two] = [await begun(till, draft), await begun(till, draft)];
  expect(one.orderId).not.toBe(two.orderId);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 400, held: 600 });
});

async function heldUntil(who: Context, draft: OrderDraft, asked: string | null): Promise<string> {
  const { hash } = await previewOrder(who, draft);
  const holdUntil = asked === null ? null : new Date(asked);
  const input = { requestId: newId(), externalId: newId(), draft, quoteHash: hash, holdUntil };
  return new Date((await beginOrder(who, input)).holdExpiresAt).toISOString();
}

test('a hold lasts as long as asked for, within half an hour at a till and three days online', async () => {
  const { ctx, shop, till, visitId } = await aCheckout(db.database);
  const draft = aDraft({ shopper: { visitId } });
  expect(await heldUntil(till, draft, null)).toBe('2026-11-20T12:30:00.000Z');
  expect(await heldUntil(till, draft, '2026-11-20T12:05:00Z')).toBe('2026-11-20T12:05:00.000Z');
  expect(await heldUntil(till, draft, '2026-11-21T00:00:00Z')).toBe('2026-11-20T12:30:00.000Z');
  const online = aDraft({ storeCode: shop.storeCode, channel: 'ONLINE' });
  expect(await heldUntil(ctx, online, '2026-11-30T00:00:00Z')).toBe('2026-11-23T12:00:00.000Z');
  const past = beginOrder(till, {
    requestId: newId(),
    externalId: newId(),
    draft,
    quoteHash: '',
    holdUntil: new Date('2026-11-20T11:59:00Z'),
  });
  expect(await refusal(past)).toMatchObject({ problems: [{ path: ['holdUntil'], code: 'RANGE' }] });
});

test('an order begun too long ago has expired, told once; its number can be begun again', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database, 500);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { max: true } });
  const { orderId, externalId } = await begun(till, draft);
  await begun(till, aDraft());
  ctx.clock.advance(31 * MINUTE);
  expect(await expireOrders(ctx)).toBeGreaterThanOrEqual(2);
  expect(await expireOrders(ctx)).toBe(0);
  expect((await orderRow(ctx, orderId)).state).toBe('EXPIRED');
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 500, held: 0 });
  const events = await ctx.sql
    .selectFrom('outbox_event')
    .select(['kind', 'occurred_at'])
    .where('profile_id', '=', shopper)
    .where('kind', 'like', 'order.%')
    .orderBy('position')
    .execute();
  expect(events.map(({ kind }) => kind)).toEqual(['order.begun', 'order.expired']);
  const fresh = aDraft({ ...draft, shopper: { visitId: await aVisit(till, shopper) } });
  expect(await begun(till, fresh, { externalId })).toMatchObject({ orderId });
});
