import { expect, test } from 'vitest';
import { createPool, setPromotionState } from '../../offers/index.ts';
import { newId } from '../../platform/ids.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { aCode } from '../../testing/codes.builders.ts';
import { aDraft, aMember, aShop, atTill, aVisit, begin } from '../../testing/orders.builders.ts';
import { aPromotion } from '../../testing/promotions.builders.ts';
import { useContext } from '../../testing/use-context.ts';
import { previewOrder } from '../quote/preview-order.ts';

const use = useContext();

test('a code a begun order holds itself still works when its basket grows; in another purchase it is taken', async () => {
  const { ctx } = use;
  const shop = await aShop(ctx);
  const promotionId = await aPromotion(ctx, {
    brandId: shop.brandId,
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }] },
  });
  const poolId = await createPool(asSystem(ctx), { promotionId, name: 'Once', kind: 'SINGLE_USE' });
  await setPromotionState(asSystem(ctx), { id: promotionId, version: 1, state: 'LIVE' });
  const code = await aCode(ctx, { id: poolId, brandId: shop.brandId, promotionId });
  const till = await atTill(ctx, shop);
  const profileId = await aMember(ctx, shop);
  const shopper = { visitId: await aVisit(till, profileId) };
  const draft = aDraft({ shopper, promoCodes: [code] });
  const externalId = newId();
  await begin(till, draft, (await previewOrder(till, draft)).hash, externalId);

  const more = aDraft({ shopper, promoCodes: [code], lines: [...draft.lines, ...draft.lines] });
  const quote = await previewOrder(till, { ...more, externalId });
  expect([quote.quote.refusedCodes, quote.quote.discount]).toEqual([[], 20_000]);
  await begin(till, more, quote.hash, externalId);

  const other = await atTill(ctx, shop);
  for (const [caller, draftThere] of [
    [other, aDraft({ promoCodes: [code] })],
    // Numbers of another till are not its own.
    [other, aDraft({ promoCodes: [code], externalId })],
    [till, aDraft({ promoCodes: [code] })],
  ] as const)
    expect((await previewOrder(caller, draftThere)).quote.refusedCodes).toEqual([{ code, reason: 'HELD' }]);
});
