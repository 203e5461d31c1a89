import type { PromotionRules } from '@clientele/shared/promotions';
import { createPool, createPromotion, fillPool, issueCode, setPromotionState } from '../offers/index.ts';
import type { Context } from '../platform/context.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';

/** Everything the demo company sells; goods its catalogue does not know are in no category. */
const ITS_GOODS = { only: { categories: ['Женщинам', 'Мужчинам', 'Обувь', 'Аксессуары'] } };

const WAITING_CODES = 500;
const GIVEN_CODES = 12;

/**
 * A word for everybody, and codes for the next purchase: some with shoppers already. All or nothing; a second time
 * changes nothing.
 */
export async function writeDemoCodes(ctx: Context, brandId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const known = await tx.sql
      .selectFrom('promo_code_pool')
      .select('id')
      .where('brand_id', '=', brandId)
      .executeTakeFirst();
    if (known !== undefined) return;
    await writeWord(tx, brandId);
    await writeNextCodes(tx, brandId);
  });
}

async function writeWord(tx: Context, brandId: string): Promise<void> {
  const promotionId = await aPromotionByCode(tx, {
    brandId,
    name: 'Аксессуары по слову ОСЕНЬ10',
    title: '10 % на аксессуары',
    benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: { only: { categories: ['Аксессуары'] } } }],
  });
  await createPool(tx, {
    promotionId,
    name: 'Слово для листовок',
    kind: 'GENERIC',
    words: ['ОСЕНЬ10'],
    usesPerShopper: 1,
  });
  await setPromotionState(tx, { id: promotionId, version: 1, state: 'LIVE' });
}

async function writeNextCodes(tx: Context, brandId: string): Promise<void> {
  const promotionId = await aPromotionByCode(tx, {
    brandId,
    name: 'Следующая покупка по личному коду',
    title: '10 % на следующую покупку',
    benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: ITS_GOODS }],
  });
  const poolId = await createPool(tx, {
    promotionId,
    name: 'На следующую покупку',
    kind: 'SINGLE_USE',
    pattern: 'NEXT-####-##',
    validDays: 30,
  });
  await setPromotionState(tx, { id: promotionId, version: 1, state: 'LIVE' });
  await fillPool(tx, { poolId, count: WAITING_CODES });
  const shoppers = await tx.sql
    .selectFrom('profile')
    .select('id')
    .where('kind', '=', 'PERSON')
    .where('merged_into', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(GIVEN_CODES)
    .execute();
  for (const { id: profileId } of shoppers)
    await issueCode(tx, {
      poolId,
      profileId,
      dedupeKey: `demo:${profileId}`,
      reason: 'Подарок постоянным покупателям',
    });
}

async function aPromotionByCode(
  tx: Context,
  {
    benefits,
    ...names
  }: { brandId: string; name: string; title: string; benefits: PromotionRules['benefits'] },
): Promise<string> {
  return createPromotion(tx, {
    ...names,
    groupId: null,
    rules: {
      when: { from: null, to: null, weekdays: [], hours: null },
      where: { storeIds: [], channels: [] },
      audience: { who: 'ANYBODY', tags: [], tiers: [], segmentIds: [], except: { tags: [], segmentIds: [] } },
      conditions: [{ kind: 'PROMO_CODE' }],
      benefits,
      limits: { perOrder: null, perShopper: null, total: null, budget: null },
      allowsPoints: true,
      say: '',
    } satisfies PromotionRules,
  });
}
