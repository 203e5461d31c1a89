import { expect, test } from 'vitest';
import { previewOrder, returnOrder } from '../index.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { bringMembership, computeWaiting, createSegment } from '../../segments/index.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aDraft, aMember, aShop, atTill, aVisit, sold } from '../../testing/orders.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';

const it = useTestApp();

/** A promotion for who bought within thirty days, and a shopper who has not. */
async function aPromotionForBuyers() {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop);
  const segment = await createSegment(ctx, {
    name: `Купили за 30 дней ${newId()}`,
    condition: {
      leaf: 'PURCHASES',
      measure: 'COUNT',
      moments: { kind: 'ROLLING', days: 30 },
      range: { least: 1 },
    },
  });
  await computeWaiting(ctx);
  const audience = { ...promotionRules().audience, who: 'CHOSEN' as const, segmentIds: [segment] };
  await aPromotion(ctx, { brandId: shop.brandId, rules: { audience } });
  return { ctx, till, shopper };
}

async function reasonFor(till: Context, shopper: string) {
  const { quote } = await previewOrder(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  return quote.promotions.map((verdict) => (verdict.applied ? 'applied' : verdict.reason?.code));
}

test('a sale brings the shopper into the segment and its promotion, a return takes both back', async () => {
  const { ctx, till, shopper } = await aPromotionForBuyers();
  expect(await reasonFor(till, shopper)).toEqual(['NOT_IN_AUDIENCE']);
  const sale = await sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  await bringMembership(ctx);
  expect(await reasonFor(till, shopper)).toEqual(['applied']);
  await returnOrder(till, {
    requestId: newId(),
    order: { external: { id: sale.externalId } },
    externalId: newId(),
    receipts: [],
  });
  await bringMembership(ctx);
  expect(await reasonFor(till, shopper)).toEqual(['NOT_IN_AUDIENCE']);
});

test('time alone takes the shopper out, thirty days later to the millisecond', async () => {
  const { ctx, till, shopper } = await aPromotionForBuyers();
  await sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  await bringMembership(ctx);
  it.app.clock.advance(30 * 86_400_000 - 1);
  await bringMembership(ctx);
  expect(await reasonFor(till, shopper)).toEqual(['applied']);
  it.app.clock.advance(1);
  await bringMembership(ctx);
  expect(await reasonFor(till, shopper)).toEqual(['NOT_IN_AUDIENCE']);
});
