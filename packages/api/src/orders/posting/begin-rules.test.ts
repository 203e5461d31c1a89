import { expect, test } from 'vitest';
import { AccountBlocked, publishProgramVersion, setProgramMode } from '../../loyalty/index.ts';
import { presetSettings } from '@clientele/shared/receipt';
import type { Context } from '../../platform/context.ts';
import { IdempotencyConflict } from '../../platform/errors.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { beginOrder, commitOrder, previewOrder } from '../index.ts';
import { ledgerViolations, useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aCheckout,
  aDraft,
  aLine,
  aMember,
  atTill,
  aVisit,
  balanceOf,
  begin,
  begun,
  grantPoints,
  reasonsOf,
  refusal,
} from '../../testing/orders.builders.ts';

const db = useTestDatabase();
const MINUTE = 60_000;

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
  const { ctx, till, visitId } = await aCheckout(db.database, 500);
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
  const { ctx, shop, till, visitId } = await aCheckout(db.database);
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
  const { ctx, shop, till, visitId } = await aCheckout(db.database, 900);
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
  const { till, visitId } = await aCheckout(db.database, 300);
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

test('a blocked account earns and cannot spend: the sale goes through', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database, 500);
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
  const { till, visitId } = await aCheckout(db.database, 500);
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
  const { ctx, till, visitId } = await aCheckout(db.database, 500);
  const draft = aDraft({ shopper: { visitId }, spendPoints: { exact: 100 } });
  const { hash } = await previewOrder(till, draft);
  const [requestId, externalId] = [newId(), newId()];
  const first = await beginOrder(till, { requestId, externalId, draft, quoteHash: hash });
  ctx.clock.advance(29 * MINUTE);
  const left = await previewOrder(till, draft);
  ctx.clock.advance(MINUTE);
  expect(await refusal(begin(till, draft, hash))).toMatchObject({ code: 'VisitExpired' });
  expect(await refusal(begin(till, draft, left.hash))).toMatchObject({ code: 'VisitExpired' });
  expect(await beginOrder(till, { requestId, externalId, draft, quoteHash: hash })).toEqual(first);
  const order = { external: { id: externalId } };
  expect(await commitOrder(till, { requestId: newId(), order, receipts: [] })).toMatchObject({
    overdrawn: 0,
  });
});

test('a visit of another till is none here, and neither is an id that is no visit', async () => {
  const { ctx, shop, till, visitId } = await aCheckout(db.database, 500);
  const other = await atTill(ctx, shop);
  expect(await refusal(previewOrder(other, aDraft({ shopper: { visitId } })))).toMatchObject({
    code: 'VisitExpired',
  });
  const wrong = { visitId: globalId('Profile', newId()) };
  expect(await refusal(previewOrder(till, aDraft({ shopper: wrong })))).toMatchObject({
    code: 'VisitExpired',
  });
});

test('two tills, one balance: of two full redemptions at once exactly one is begun', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database);
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
