import { expect, test } from 'vitest';
import { grantOfferTo, withdrawOffer } from '../../offers/index.ts';
import { cancelOrder, commitOrder, previewOrder, QuoteChanged, returnOrder } from '../index.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aCheckout,
  aDraft,
  aLine,
  aMember,
  aReceipt,
  aVisit,
  begin,
  begun,
  refusal,
} from '../../testing/orders.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';

const db = useTestDatabase({ poolSize: 20 });
const MINUTE = 60_000;
const GRANTED = { ...promotionRules().audience, who: 'GRANTED' as const };

/** A shopper who holds one personal offer of 10 %: 100.00 off a line. */
async function aGrantedCheckout(facts: { uses?: number } = {}) {
  const checkout = await aCheckout(db.database);
  const { ctx, shop, till, shopper } = checkout;
  const promotionId = await aPromotion(ctx, {
    brandId: shop.brandId,
    title: 'Лично вам',
    rules: { audience: GRANTED },
  });
  await grantOfferTo(asSystem(ctx), {
    profileId: shopper,
    promotionId,
    reason: null,
    validDays: 7,
    dedupeKey: 'test',
    uses: facts.uses ?? 1,
  });
  return {
    ...checkout,
    promotionId,
    discountOf: async (externalId?: string) => {
      const draft = aDraft({ shopper: { visitId: await aVisit(till, shopper) } });
      return (await previewOrder(till, { ...draft, ...(externalId === undefined ? {} : { externalId }) }))
        .quote.discount;
    },
    grant: async () => {
      const row = await ctx.sql
        .selectFrom('offer_grant')
        .select(['state', 'holds', 'order_ids'])
        .where('profile_id', '=', shopper)
        .executeTakeFirstOrThrow();
      return { state: row.state, held: Object.keys(row.holds), used: row.order_ids };
    },
    incidents: () => incidentsOf(ctx, shopper),
  };
}

function incidentsOf(ctx: Context, shopper: string) {
  return ctx.sql
    .selectFrom('incident')
    .select(['kind', 'order_id', 'facts'])
    .where('profile_id', '=', shopper)
    .execute();
}

const commit = (till: Context, externalId: string) =>
  commitOrder(till, {
    requestId: newId(),
    order: { external: { id: externalId } },
    receipts: [aReceipt()],
  });
const cancel = (till: Context, externalId: string) =>
  cancelOrder(till, { requestId: newId(), order: { external: { id: externalId } } });

test('of twenty begins at once one gets a personal offer; the others are asked again without it', async () => {
  const { till, visitId, grant, incidents } = await aGrantedCheckout();
  const draft = aDraft({ shopper: { visitId } });
  const { hash, quote } = await previewOrder(till, draft);
  expect(quote.discount).toBe(10_000);
  const results = await Promise.all(Array.from({ length: 20 }, () => refusal(begin(till, draft, hash))));
  const refused = results.filter((result) => result instanceof QuoteChanged);
  expect(results.filter((result) => result === 'it was accepted')).toHaveLength(1);
  expect(refused).toHaveLength(19);
  expect(
    new Set(refused.flatMap(({ reasons }) => reasons.map(({ code, message }) => `${code} ${message}`))),
  ).toEqual(new Set(['PROMOTION personal offer was used elsewhere: Лично вам']));
  expect(refused[0]).toMatchObject({ quote: { quote: { discount: 0, toPay: 100_000 } } });
  expect(await grant()).toMatchObject({ state: 'OPEN', held: [expect.any(String)], used: [] });
  expect(await incidents()).toEqual([]);
});

test('one for two purchases is promised to two, of twenty at once', async () => {
  const { till, visitId, grant } = await aGrantedCheckout({ uses: 2 });
  const draft = aDraft({ shopper: { visitId } });
  const { hash } = await previewOrder(till, draft);
  const results = await Promise.all(Array.from({ length: 20 }, () => refusal(begin(till, draft, hash))));
  expect(results.filter((result) => result === 'it was accepted')).toHaveLength(2);
  expect((await grant()).held).toHaveLength(2);
});

test('what an order holds counts for itself, for no other, and is used by its commit', async () => {
  const { till, visitId, discountOf, grant, incidents } = await aGrantedCheckout();
  const { orderId, externalId } = await begun(till, aDraft({ shopper: { visitId } }));
  expect([await discountOf(), await discountOf(externalId)]).toEqual([0, 10_000]);
  await commit(till, externalId);
  expect(await grant()).toEqual({ state: 'REDEEMED', held: [], used: [orderId] });
  expect(await incidents()).toEqual([]);
});

test('cancelled, or expired, it is free again', async () => {
  const { ctx, till, visitId, discountOf, grant } = await aGrantedCheckout();
  const { externalId } = await begun(till, aDraft({ shopper: { visitId } }));
  await cancel(till, externalId);
  expect([await discountOf(), (await grant()).held]).toEqual([10_000, []]);
  await begun(till, aDraft({ shopper: { visitId } }));
  ctx.clock.advance(29 * MINUTE);
  expect(await discountOf()).toBe(0);
  ctx.clock.advance(2 * MINUTE);
  expect(await discountOf()).toBe(10_000);
});

test('a replaced order keeps its offer, and gives it back when it is another shopper’s', async () => {
  const { ctx, shop, till, visitId, grant } = await aGrantedCheckout();
  const { orderId, externalId } = await begun(till, aDraft({ shopper: { visitId } }));
  const more = aDraft({ shopper: { visitId }, lines: [aLine({ sku: 'a' }), aLine({ sku: 'b' })] });
  const { hash, quote } = await previewOrder(till, { ...more, externalId });
  expect(quote.discount).toBe(20_000);
  await begin(till, more, hash, externalId);
  expect((await grant()).held).toEqual([orderId]);
  const other = aDraft({ shopper: { visitId: await aVisit(till, await aMember(ctx, shop)) } });
  await begun(till, other, { externalId });
  expect((await grant()).held).toEqual([]);
});

test('a full return gives the offer back', async () => {
  const { till, visitId, discountOf, grant } = await aGrantedCheckout();
  const { externalId } = await begun(till, aDraft({ shopper: { visitId } }));
  await commit(till, externalId);
  await returnOrder(till, {
    requestId: newId(),
    order: { external: { id: externalId } },
    externalId: newId(),
    receipts: [],
  });
  expect([await discountOf(), await grant()]).toEqual([10_000, { state: 'OPEN', held: [], used: [] }]);
});

test('a late commit is never refused: the offer was used by another purchase meanwhile, staff are told', async () => {
  const { ctx, till, shopper, promotionId, visitId, grant, incidents } = await aGrantedCheckout();
  const late = await begun(till, aDraft({ shopper: { visitId } }));
  ctx.clock.advance(31 * MINUTE);
  const quick = await begun(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  expect(quick.quote.quote.discount).toBe(10_000);
  await commit(till, quick.externalId);
  expect(await incidents()).toEqual([]);
  await commit(till, late.externalId);
  await commit(till, late.externalId);
  expect(await grant()).toEqual({ state: 'REDEEMED', held: [], used: [quick.orderId] });
  expect(await incidents()).toEqual([
    {
      kind: 'LIMIT_EXCEEDED',
      order_id: late.orderId,
      facts: { promotions: [{ promotionId, title: 'Лично вам', reason: 'NOT_GRANTED' }] },
    },
  ]);
});

test('an offer taken back while a purchase holds it is used by that purchase, and by none after', async () => {
  const { ctx, till, shopper, visitId, grant, discountOf, incidents } = await aGrantedCheckout();
  const { orderId, externalId } = await begun(till, aDraft({ shopper: { visitId } }));
  const { id } = await ctx.sql
    .selectFrom('offer_grant')
    .select('id')
    .where('profile_id', '=', shopper)
    .executeTakeFirstOrThrow();
  await withdrawOffer(asSystem(ctx), { profileId: shopper, id });
  expect(await discountOf()).toBe(0);
  await commit(till, externalId);
  expect([await grant(), await incidents()]).toEqual([{ state: 'REDEEMED', held: [], used: [orderId] }, []]);
});
