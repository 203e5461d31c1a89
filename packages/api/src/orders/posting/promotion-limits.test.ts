import type { PromotionLimits } from '@clientele/shared/promotions';
import { expect, test } from 'vitest';
import { beginOrder, cancelOrder, commitOrder, previewOrder, QuoteChanged, returnOrder } from '../index.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { belongings, merge, undo } from '../../testing/merges.builders.ts';
import {
  aCheckout,
  aDraft,
  aMember,
  aReceipt,
  aVisit,
  begin,
  begun,
  refusal,
  sold,
} from '../../testing/orders.builders.ts';
import { aPromotion } from '../../testing/promotions.builders.ts';

const db = useTestDatabase({ poolSize: 20 });
const MINUTE = 60_000;
const NONE: PromotionLimits = { perOrder: null, perShopper: null, total: null, budget: null };
const ALWAYS = { kind: 'ALWAYS' } as const;

/** A checkout with one promotion of 10 %: 100.00 off what a line costs. */
async function aLimitedSale(limits: Partial<PromotionLimits>) {
  const checkout = await aCheckout(db.database);
  const promotionId = await aPromotion(checkout.ctx, {
    brandId: checkout.shop.brandId,
    title: 'Десять процентов',
    rules: { limits: { ...NONE, ...limits } },
  });
  return { ...checkout, promotionId };
}

/** So many begins at once by quotes made before. @returns how many were begun, and why the others were not */
async function atOnce(
  count: number,
  draft: () => Promise<{ till: Context; draft: ReturnType<typeof aDraft> }>,
) {
  const quoted = [];
  for (let index = 0; index < count; index += 1) {
    const one = await draft();
    quoted.push({ ...one, hash: (await previewOrder(one.till, one.draft)).hash });
  }
  const results = await Promise.all(quoted.map((one) => refusal(begin(one.till, one.draft, one.hash))));
  const refused = results.filter((result) => result instanceof QuoteChanged);
  return {
    begun: results.filter((result) => result === 'it was accepted').length,
    reasons: new Set(
      refused.flatMap(({ reasons }) => reasons.map(({ code, message }) => `${code} ${message}`)),
    ),
    refused,
  };
}

async function counted(ctx: Context, promotionId: string) {
  const rows = await ctx.sql
    .selectFrom('promotion_counter')
    .select(['key', 'used'])
    .where('promotion_id', '=', promotionId)
    .orderBy('key')
    .execute();
  return Object.fromEntries(rows.map(({ key, used }) => [key.split(':')[0], used]));
}

async function usesOf(ctx: Context, profileId: string) {
  const { promotion_use: uses, promotion_hold: holds } = await belongings(ctx, profileId);
  return { uses, holds };
}

async function discountNow(till: Context, shopper: string) {
  const visitId = await aVisit(till, shopper);
  return (await previewOrder(till, aDraft({ shopper: { visitId } }))).quote.discount;
}

test('fifty begins at once never exceed a total limit by one; the others are asked again without it', async () => {
  const { ctx, shop, till, promotionId } = await aLimitedSale({ total: { times: 20, window: ALWAYS } });
  const result = await atOnce(50, async () => {
    const visitId = await aVisit(till, await aMember(ctx, shop));
    return { till, draft: aDraft({ shopper: { visitId } }) };
  });
  expect(result.begun).toBe(20);
  expect(result.refused).toHaveLength(30);
  expect([...result.reasons]).toEqual(['PROMOTION limit of the promotion reached: Десять процентов']);
  expect(result.refused[0]).toMatchObject({ quote: { quote: { discount: 0, toPay: 100_000 } } });
  expect(await counted(ctx, promotionId)).toEqual({ times: 20 });
});

test('fifty begins at once never exceed a budget by a kopeck', async () => {
  const { ctx, shop, till, promotionId } = await aLimitedSale({ budget: { RUB: 105_000 } });
  const result = await atOnce(50, async () => {
    const visitId = await aVisit(till, await aMember(ctx, shop));
    return { till, draft: aDraft({ shopper: { visitId } }) };
  });
  expect(result.begun).toBe(10);
  expect(await counted(ctx, promotionId)).toEqual({ budget: 100_000 });
});

test('fifty begins of one shopper at once never exceed the limit of a shopper', async () => {
  const { ctx, till, shopper } = await aLimitedSale({ perShopper: { times: 3, window: ALWAYS } });
  const visitId = await aVisit(till, shopper);
  const result = await atOnce(50, () => Promise.resolve({ till, draft: aDraft({ shopper: { visitId } }) }));
  expect(result.begun).toBe(3);
  const held = await ctx.sql
    .selectFrom('promotion_hold')
    .select('times')
    .where('profile_id', '=', shopper)
    .execute();
  expect(held).toEqual([{ times: 1 }, { times: 1 }, { times: 1 }]);
});

test('two promotions with limits, begun in both orders at once, never wait for each other', async () => {
  const { ctx, shop, till, promotionId } = await aLimitedSale({ total: { times: 30, window: ALWAYS } });
  const other = await aPromotion(ctx, {
    brandId: shop.brandId,
    title: 'Ещё десять',
    rules: { limits: { ...NONE, budget: { RUB: 1_000_000 }, perShopper: { times: 1, window: ALWAYS } } },
  });
  const result = await atOnce(30, async () => {
    const visitId = await aVisit(till, await aMember(ctx, shop));
    return { till, draft: aDraft({ shopper: { visitId } }) };
  });
  expect(result.begun).toBe(30);
  expect(await counted(ctx, promotionId)).toEqual({ times: 30 });
  expect(await counted(ctx, other)).toEqual({ budget: 30 * 9_000 });
});

test('a cancelled order gives its times and its budget back', async () => {
  const { ctx, till, shopper, visitId, promotionId } = await aLimitedSale({
    perShopper: { times: 1, window: ALWAYS },
    total: { times: 1, window: ALWAYS },
    budget: { RUB: 10_000 },
  });
  const order = await begun(till, aDraft({ shopper: { visitId } }));
  expect(order.quote.quote.discount).toBe(10_000);
  expect(await discountNow(till, shopper)).toBe(0);
  await cancelOrder(till, { requestId: newId(), order: { external: { id: order.externalId } } });
  expect(await counted(ctx, promotionId)).toEqual({ times: 0, budget: 0 });
  expect(await discountNow(till, shopper)).toBe(10_000);
});

test('an order that expired holds nothing from that moment on, whether or not anybody has looked', async () => {
  const { ctx, till, shop, shopper, visitId, promotionId } = await aLimitedSale({
    perShopper: { times: 1, window: ALWAYS },
    total: { times: 1, window: ALWAYS },
    budget: { RUB: 10_000 },
  });
  await begun(till, aDraft({ shopper: { visitId } }));
  ctx.clock.advance(29 * MINUTE);
  expect(await discountNow(till, shopper)).toBe(0);
  ctx.clock.advance(2 * MINUTE);
  expect(await discountNow(till, shopper)).toBe(10_000);
  const second = await begun(
    till,
    aDraft({ shopper: { visitId: await aVisit(till, await aMember(ctx, shop)) } }),
  );
  expect(second.quote.quote.discount).toBe(10_000);
  expect(await counted(ctx, promotionId)).toEqual({ times: 1, budget: 10_000 });
});

test('a late commit beyond a limit goes through and is told to staff', async () => {
  const { ctx, till, shop, visitId, promotionId } = await aLimitedSale({
    total: { times: 1, window: ALWAYS },
  });
  const late = await begun(till, aDraft({ shopper: { visitId } }));
  ctx.clock.advance(31 * MINUTE);
  const quick = await sold(
    till,
    aDraft({ shopper: { visitId: await aVisit(till, await aMember(ctx, shop)) } }),
  );
  expect(quick.quote.quote.discount).toBe(10_000);
  const commit = { requestId: newId(), order: { external: { id: late.externalId } }, receipts: [aReceipt()] };
  await commitOrder(till, commit);
  await commitOrder(till, { ...commit, requestId: newId() });
  expect(await counted(ctx, promotionId)).toEqual({ times: 2 });
  const incidents = await ctx.sql
    .selectFrom('incident')
    .select(['kind', 'order_id', 'facts'])
    .where('order_id', '=', late.orderId)
    .execute();
  expect(incidents).toEqual([
    {
      kind: 'LIMIT_EXCEEDED',
      order_id: late.orderId,
      facts: { promotions: [{ promotionId, title: 'Десять процентов', reason: 'LIMIT_TOTAL' }] },
    },
  ]);
});

test('a late commit for which there is room is as if it had been in time', async () => {
  const { ctx, till, visitId, promotionId } = await aLimitedSale({ total: { times: 1, window: ALWAYS } });
  const late = await begun(till, aDraft({ shopper: { visitId } }));
  ctx.clock.advance(31 * MINUTE);
  await commitOrder(till, {
    requestId: newId(),
    order: { external: { id: late.externalId } },
    receipts: [aReceipt()],
  });
  expect(await counted(ctx, promotionId)).toEqual({ times: 1 });
  expect(
    await ctx.sql.selectFrom('incident').select('id').where('order_id', '=', late.orderId).execute(),
  ).toEqual([]);
});

test('a full return gives a use back, a partial one does not', async () => {
  const { ctx, till, shopper, visitId, promotionId } = await aLimitedSale({
    perShopper: { times: 1, window: ALWAYS },
    budget: { RUB: 20_000 },
  });
  const lines = [
    { sku: 'a', quantity: '1', unitPrice: '1000.00' },
    { sku: 'b', quantity: '1', unitPrice: '1000.00' },
  ];
  const sale = await sold(till, aDraft({ lines, shopper: { visitId } }));
  const order = { external: { id: sale.externalId } };
  const back = { order, receipts: [], requestId: newId(), externalId: newId() };
  await returnOrder(till, { ...back, lines: [{ number: 1, quantity: '1' }] });
  expect(await discountNow(till, shopper)).toBe(0);
  expect(await counted(ctx, promotionId)).toEqual({ budget: 20_000 });
  ctx.clock.advance(MINUTE);
  await returnOrder(till, { ...back, requestId: newId(), externalId: newId() });
  expect(await discountNow(till, shopper)).toBe(10_000);
  expect(await counted(ctx, promotionId)).toEqual({ budget: 0 });
  const uses = await ctx.sql
    .selectFrom('promotion_use')
    .select('returned_at')
    .where('order_id', '=', sale.orderId)
    .execute();
  expect(uses).toEqual([{ returned_at: ctx.clock.now() }]);
});

test('a begun order that is begun again does not stand in its own way', async () => {
  const { ctx, till, visitId, promotionId } = await aLimitedSale({
    perShopper: { times: 1, window: ALWAYS },
    total: { times: 1, window: ALWAYS },
  });
  const draft = aDraft({ shopper: { visitId } });
  const first = await begun(till, draft);
  const other = aDraft({ shopper: { visitId }, lines: [{ sku: 'x', quantity: '2', unitPrice: '500.00' }] });
  // What a preview says of it counts the order itself.
  const { hash } = await previewOrder(till, other);
  const changed = await refusal(begin(till, other, hash, first.externalId));
  expect(changed).toMatchObject({ reasons: [{ code: 'PROMOTION' }], quote: { quote: { discount: 10_000 } } });
  if (!(changed instanceof QuoteChanged)) throw new Error('it was accepted');
  await begin(till, other, changed.quote.hash, first.externalId);
  expect(await counted(ctx, promotionId)).toEqual({ times: 1 });
});

test('days of a limit are the program’s; a rolling one counts back from the moment', async () => {
  const { ctx, shop, till, shopper } = await aLimitedSale({
    perShopper: { times: 1, window: { kind: 'DAY' } },
  });
  ctx.clock.set('2026-11-20T20:59:00Z');
  const buy = async () =>
    (await sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }))).quote.quote.discount;
  expect(await buy()).toBe(10_000);
  expect(await buy()).toBe(0);
  // Midnight in Moscow.
  ctx.clock.set('2026-11-20T21:00:00Z');
  expect(await buy()).toBe(10_000);
  await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: { limits: { ...NONE, total: { times: 1, window: { kind: 'ROLLING', days: 1 } } } },
  });
  ctx.clock.set('2026-11-25T10:30:00Z');
  expect(await buy()).toBe(19_000);
  ctx.clock.set('2026-11-26T10:10:00Z');
  expect(await buy()).toBe(10_000);
  ctx.clock.set('2026-11-27T11:31:00Z');
  expect(await buy()).toBe(19_000);
});

test('the times of two profiles of one person add up when they are merged, and part again when that is undone', async () => {
  const { ctx, shop, till, shopper, promotionId } = await aLimitedSale({
    perShopper: { times: 2, window: ALWAYS },
  });
  const other = await aMember(ctx, shop);
  await sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  await sold(till, aDraft({ shopper: { visitId: await aVisit(till, other) } }));
  await begun(till, aDraft({ shopper: { visitId: await aVisit(till, other) } }));
  const before = [await usesOf(ctx, shopper), await usesOf(ctx, other)];
  const { mergeId } = await merge(ctx, shopper, other);
  const uses = await ctx.sql
    .selectFrom('promotion_use')
    .select(['profile_id', 'times'])
    .where('promotion_id', '=', promotionId)
    .execute();
  expect(uses).toEqual([
    { profile_id: shopper, times: 1 },
    { profile_id: shopper, times: 1 },
  ]);
  expect(await discountNow(till, shopper)).toBe(0);
  await undo(ctx, mergeId);
  expect([await usesOf(ctx, shopper), await usesOf(ctx, other)]).toEqual(before);
  expect(await discountNow(till, shopper)).toBe(10_000);
  expect(await discountNow(till, other)).toBe(0);
});

test('a limit by shopper needs one; nobody known gets what has no such limit', async () => {
  const { till, ctx, shop } = await aLimitedSale({ perShopper: { times: 1, window: ALWAYS } });
  expect((await previewOrder(till, aDraft())).quote.discount).toBe(0);
  await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: { limits: { ...NONE, total: { times: 1, window: ALWAYS } } },
  });
  const order = await begun(till, aDraft());
  expect(order.quote.quote.discount).toBe(10_000);
  expect((await previewOrder(till, aDraft())).quote.discount).toBe(0);
});

test('the same begin fifty times in parallel takes one', async () => {
  const { ctx, till, visitId, promotionId } = await aLimitedSale({ total: { times: 5, window: ALWAYS } });
  const draft = aDraft({ shopper: { visitId } });
  const { hash } = await previewOrder(till, draft);
  const input = { requestId: 'once', externalId: newId(), draft, quoteHash: hash };
  const replies = await Promise.all(Array.from({ length: 50 }, () => beginOrder(till, input)));
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(await counted(ctx, promotionId)).toEqual({ times: 1 });
});
