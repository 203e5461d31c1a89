import { expect, test } from 'vitest';
import { AccountBlocked, publishProgramVersion, setProgramMode } from '../../loyalty/index.ts';
import { presetSettings } from '@clientele/shared/receipt';
import type { Context } from '../../platform/context.ts';
import { IdempotencyConflict } from '../../platform/errors.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { beginOrder, commitOrder, previewOrder, QuoteChanged, type OrderDraft } from '../index.ts';
import { expireOrders } from './expire-orders.ts';
import { ledgerViolations, useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aContext,
  aDraft,
  aLine,
  aMember,
  aShop,
  atTill,
  aVisit,
  balanceOf,
  begun,
  grantPoints,
  orderRow,
  type ShopFacts,
} from '../../testing/orders.builders.ts';

const db = useTestDatabase();
const MINUTE = 60_000;
const THREE_LINES = [aLine({ sku: 'a' }), aLine({ sku: 'b' }), aLine({ sku: 'c', unitPrice: '100.00' })];

async function aCheckout(points = 0, facts: ShopFacts = {}) {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx, facts);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, points);
  const visitId = await aVisit(till, shopper);
  return { ctx, shop, till, shopper, visitId };
}

async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'it was accepted',
    (error: unknown) => error,
  );
}

async function reasonsOf(attempt: Promise<unknown>) {
  const error = await refusal(attempt);
  if (!(error instanceof QuoteChanged)) throw error;
  return error.reasons.map(({ code, line }) => ({ code, line }));
}

function begin(ctx: Context, draft: OrderDraft, quoteHash: string, externalId: string = newId()) {
  return beginOrder(ctx, { requestId: newId(), externalId, draft, quoteHash });
}

async function written(ctx: Context) {
  const count = (table: 'orders' | 'loyalty_journal' | 'idempotency_record' | 'order_key') =>
    ctx.sql
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
  return Promise.all([
    count('orders'),
    count('loyalty_journal'),
    count('idempotency_record'),
    count('order_key'),
  ]);
}

test('a preview writes nothing, and neither does a begin that is refused: its number and request stay free', async () => {
  const { ctx, till, visitId } = await aCheckout(500);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { exact: 100 } });
  const before = await written(ctx);
  const quote = await previewOrder(till, draft);
  const other = aDraft({ ...draft, lines: [aLine({ unitPrice: '999.00' })] });
  const key = { requestId: newId(), externalId: newId() };
  const changed = beginOrder(till, { ...key, draft: other, quoteHash: quote.hash });
  expect(await reasonsOf(changed)).toEqual([{ code: 'PRICE', line: 1 }]);
  expect(await written(ctx)).toEqual(before);
  expect(await beginOrder(till, { ...key, draft, quoteHash: quote.hash })).toMatchObject({
    __typename: 'OrderBegun',
  });
});

test('a quote is for one till, one shopper, one basket and fifteen minutes', async () => {
  const { ctx, shop, till, visitId } = await aCheckout();
  const draft = aDraft({ shopper: { visitId } });
  const { hash } = await previewOrder(till, draft);
  const otherTill = await atTill(ctx, shop);
  expect(await reasonsOf(begin(otherTill, aDraft(), hash))).toEqual([{ code: 'QUOTE_EXPIRED', line: null }]);
  expect(await reasonsOf(begin(till, draft, 'made up'))).toEqual([{ code: 'QUOTE_EXPIRED', line: null }]);
  expect(await reasonsOf(begin(till, draft, `${hash}x`))).toEqual([{ code: 'QUOTE_EXPIRED', line: null }]);
  const somebodyElse = await aVisit(till, await aMember(ctx, shop));
  const forOther = aDraft({ shopper: { visitId: somebodyElse } });
  expect(await reasonsOf(begin(till, forOther, hash))).toEqual([{ code: 'SHOPPER', line: null }]);
  const shorter = aDraft({ ...draft, lines: [aLine(), aLine()] });
  expect(await reasonsOf(begin(till, shorter, hash))).toEqual([{ code: 'PRICE', line: null }]);
  const withCode = aDraft({ ...draft, promoCodes: ['NEW'] });
  expect(await reasonsOf(begin(till, withCode, hash))).toEqual([{ code: 'PROMO_CODE', line: null }]);
  ctx.clock.advance(15 * MINUTE);
  expect(await reasonsOf(begin(till, draft, hash))).toEqual([{ code: 'QUOTE_EXPIRED', line: null }]);
});

test('new rules between preview and begin are a changed quote; a switched program too', async () => {
  const { ctx, shop, till, visitId } = await aCheckout(900);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { max: true } });
  const { hash } = await previewOrder(till, draft);
  const settings = { ...presetSettings, redemption: { ...presetSettings.redemption, capBp: 1_000 } };
  await publishProgramVersion(ctx, { programId: shop.programId, settings });
  const error = await refusal(begin(till, draft, hash));
  expect(error).toMatchObject({
    reasons: [{ code: 'PROGRAM' }],
    quote: { quote: { points: { applied: 100 }, toPay: 90_000 } },
  });
  const fresh = await previewOrder(till, draft);
  await setProgramMode(ctx, { programId: shop.programId, mode: 'EARN_ONLY' });
  expect(await reasonsOf(begin(till, draft, fresh.hash))).toEqual([{ code: 'PROGRAM', line: null }]);
});

test('more than can be spent is refused where the totals are as quoted', async () => {
  const { till, visitId } = await aCheckout(300);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { exact: 301 } });
  const { hash, quote } = await previewOrder(till, draft);
  expect(quote.points).toMatchObject({ applied: 300, limits: [{ code: 'BALANCE', max: 300 }] });
  expect(await refusal(begin(till, draft, hash))).toMatchObject({
    code: 'InsufficientPoints',
    requested: 301,
    available: 300,
    max: 300,
    limits: [{ code: 'BALANCE', max: 300 }],
  });
});

test('E16: a voided line is begun again; the old hold is gone, what is earned leaves the line out', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(5_000);
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
  const { ctx, shop, till, shopper, visitId } = await aCheckout(1_000);
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
  const { ctx, shop, till, shopper, visitId } = await aCheckout(500);
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
  const { ctx, shop, till, shopper, visitId } = await aCheckout(1_000);
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
  const { ctx, shop, till, visitId } = await aCheckout();
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

test('a blocked account earns and cannot spend: the sale goes through', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(500);
  await ctx.sql
    .updateTable('loyalty_account')
    .set({ status: 'BLOCKED' })
    .where('profile_id', '=', shopper)
    .execute();
  const draft = aDraft({ shopper: { visitId }, spendPoints: { exact: 10 } });
  const { hash, quote } = await previewOrder(till, draft);
  expect(quote.points).toMatchObject({ max: 0, limits: [{ code: 'ACCOUNT_BLOCKED', max: 0 }] });
  expect(await refusal(begin(till, draft, hash))).toBeInstanceOf(AccountBlocked);
  expect(await begun(till, aDraft({ shopper: { visitId } }))).toMatchObject({ __typename: 'OrderBegun' });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 500, held: 0 });
});

test('the same request is the same answer, another one under its key is refused', async () => {
  const { till, visitId } = await aCheckout(500);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { max: true } });
  const { hash } = await previewOrder(till, draft);
  const input = { requestId: 'key', externalId: 'number', draft, quoteHash: hash };
  const first = await beginOrder(till, input);
  expect(await beginOrder(till, input)).toEqual(first);
  const other = { ...input, draft: aDraft({ ...draft, lines: [aLine({ quantity: '2' })] }) };
  expect(await refusal(beginOrder(till, other))).toBeInstanceOf(IdempotencyConflict);
  const asCommit = commitOrder(till, {
    requestId: 'key',
    order: { external: { id: 'number' } },
    receipts: [],
  });
  expect(await refusal(asCommit)).toBeInstanceOf(IdempotencyConflict);
});

test('a begun order needs its visit no more; a visit that is over begins none', async () => {
  const { ctx, till, visitId } = await aCheckout(500);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { exact: 100 } });
  const { externalId } = await begun(till, draft);
  const { hash } = await previewOrder(till, draft);
  ctx.clock.advance(29 * MINUTE);
  const left = await previewOrder(till, draft);
  ctx.clock.advance(MINUTE);
  expect(await refusal(begin(till, draft, hash))).toMatchObject({ code: 'VisitExpired' });
  expect(await refusal(begin(till, draft, left.hash))).toMatchObject({ code: 'VisitExpired' });
  const order = { external: { id: externalId } };
  expect(await commitOrder(till, { requestId: newId(), order, receipts: [] })).toMatchObject({
    overdrawn: 0,
  });
});

test('a visit of another till is none here, and neither is an id that is no visit', async () => {
  const { ctx, shop, till, visitId } = await aCheckout(500);
  const other = await atTill(ctx, shop);
  expect(await refusal(previewOrder(other, aDraft({ shopper: { visitId } })))).toMatchObject({
    code: 'VisitExpired',
  });
  const wrong = { visitId: globalId('Profile', newId()) };
  expect(await refusal(previewOrder(till, aDraft({ shopper: wrong })))).toMatchObject({
    code: 'VisitExpired',
  });
});

test('an order begun too long ago has expired, told once; its number can be begun again', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(500);
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

test('two tills, one balance: of two full redemptions at once exactly one is begun', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout();
  const other = await atTill(ctx, shop);
  const lines = [aLine({ unitPrice: '10.00' })];
  for (let round = 0; round < 25; round += 1) {
    await grantPoints(ctx, shop, shopper, 5);
    const drafts = [
      [till, aDraft({ lines, shopper: { visitId }, spendPoints: { max: true } })],
      [
        other,
        aDraft({ lines, shopper: { visitId: await aVisit(other, shopper) }, spendPoints: { max: true } }),
      ],
    ] as const;
    const quotes = await Promise.all(drafts.map(([who, draft]) => previewOrder(who, draft)));
    const both = await Promise.allSettled(
      drafts.map(([who, draft], index) => begin(who, draft, quotes[index]?.hash ?? '')),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'QuoteChanged' },
    });
  }
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 0, pending: 0, held: 125, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('E15: a soft launch earns and spends nothing; from its moment on the same basket does', async () => {
  const liveAt = new Date('2026-11-20T13:00:00Z');
  const { ctx, till, shopper, visitId } = await aCheckout(900, { mode: 'EARN_ONLY', liveAt });
  const lines = [aLine({ unitPrice: '2000.00' })];
  const draft = aDraft({ lines, shopper: { visitId }, spendPoints: { max: true } });
  const soft = await previewOrder(till, draft);
  expect(soft.quote.points).toMatchObject({ max: 0, limits: [{ code: 'PROGRAM_NOT_LIVE', max: 0 }] });
  expect(soft.quote.earning.points).toBe(60);
  ctx.clock.advance(60 * MINUTE);
  const live = aDraft({ ...draft, shopper: { visitId: await aVisit(till, shopper) } });
  expect((await previewOrder(till, live)).quote.points.max).toBe(900);
});

test('E4: excluded goods and floor prices, of the catalogue and of the till', async () => {
  const { ctx, till, visitId } = await aCheckout(20_000);
  await ctx.sql
    .insertInto('product')
    .values({
      id: newId(),
      sku: `tee-${visitId}`,
      name: 'Tee',
      category_id: null,
      brand: null,
      min_unit_price: { RUB: 45_000 },
      url: null,
      image_url: null,
      earnable: null,
      redeemable: null,
      source: 'test',
      updated_at: ctx.clock.now(),
    })
    .execute();
  const lines = [
    aLine({ sku: 'coat', unitPrice: '12000.00' }),
    aLine({ sku: 'card', unitPrice: '3000.00', kind: 'GIFT_CARD' }),
    aLine({ sku: `tee-${visitId}`, unitPrice: '500.00' }),
  ];
  const { quote } = await previewOrder(
    till,
    aDraft({ lines, shopper: { visitId }, spendPoints: { max: true } }),
  );
  expect(quote.points.applied).toBe(6_250);
  expect(quote.lines.map((line) => line.pointsDiscount)).toEqual([620_000, 0, 5_000]);
});

test('E1: three points for each full hundred are 57, three percent are 59', async () => {
  const { ctx, till, visitId } = await aCheckout();
  const lines = [aLine({ unitPrice: '1990.00' })];
  expect((await previewOrder(till, aDraft({ lines, shopper: { visitId } }))).quote.earning.points).toBe(57);
  const percent = await aShop(ctx, {
    settings: { earningRules: [{ code: 'purchase', type: 'PERCENT', rateBp: 300 }] },
  });
  const there = await atTill(ctx, percent);
  const visit = await aVisit(there, await aMember(ctx, percent));
  expect(
    (await previewOrder(there, aDraft({ lines, shopper: { visitId: visit } }))).quote.earning.points,
  ).toBe(59);
});

test('where no program sells for points, and in a currency it has no rules for, a sale is a plain sale', async () => {
  const { ctx } = await aCheckout();
  const shop = await aShop(ctx, { currency: 'USD' });
  const till = await atTill(ctx, shop);
  const visitId = await aVisit(till, await aMember(ctx, shop, 100));
  const draft = aDraft({ shopper: { visitId }, spendPoints: { max: true } });
  const dollars = await previewOrder(till, draft);
  expect(dollars.quote).toMatchObject({ points: { max: 0 }, earning: { points: 0, reason: 'NO_CURRENCY' } });
  await setProgramMode(ctx, { programId: shop.programId, mode: 'OFF' });
  const off = await begun(till, draft);
  expect(off.quote.quote.earning.reason).toBe('PROGRAM_OFF');
  const order = { external: { id: off.externalId } };
  expect(await commitOrder(till, { requestId: newId(), order, receipts: [] })).toMatchObject({ earned: 0 });
});
