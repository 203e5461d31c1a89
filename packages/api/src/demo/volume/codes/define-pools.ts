import { createPool, createPromotion, setPromotionState } from '../../../offers/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { GROUPS } from '../goods/catalogue.ts';

export interface VolumePool {
  readonly id: string;
  readonly name: string;
  readonly promotionId: string;
  readonly title: string;
  readonly percent: number;
  /** Codes of the pool begin so. */
  readonly prefix: string;
}

type Given = [name: string, prefix: string, percent: number, title: string];

/** Series of codes as chains give them away. */
export const POOLS: readonly Given[] = [
  ['Приветственный код', 'HEY', 10, '10 % на первую покупку'],
  ['Возвращайтесь', 'BACK', 15, '15 % для тех, кого давно не было'],
  ['Ко дню рождения', 'BDAY', 20, '20 % ко дню рождения'],
  ['Следующая покупка', 'NEXT', 10, '10 % на следующую покупку'],
];

/** Each series with its promotion, or what was made of it before. */
export async function definePools(ctx: Context, brandId: string): Promise<VolumePool[]> {
  const pools: VolumePool[] = [];
  for (const given of POOLS) {
    const [name, prefix, percent, title] = given;
    const { id, promotionId } =
      (await knownPool(ctx, brandId, name)) ?? (await inTransaction(ctx, (tx) => aPool(tx, brandId, given)));
    pools.push({ id, name, promotionId, title, percent, prefix });
  }
  return pools;
}

async function aPool(
  tx: Context,
  brandId: string,
  [name, prefix, percent, title]: Given,
): Promise<{ id: string; promotionId: string }> {
  const promotionId = await aPromotion(tx, { brandId, name, title, percent });
  const pattern = `${prefix}-#####-#####`;
  const id = await createPool(tx, { promotionId, name, kind: 'SINGLE_USE', pattern, validDays: 60 });
  await setPromotionState(tx, { id: promotionId, version: 1, state: 'LIVE' });
  return { id, promotionId };
}

async function knownPool(ctx: Context, brandId: string, name: string) {
  return ctx.sql
    .selectFrom('promo_code_pool')
    .select(['id', 'promotion_id as promotionId'])
    .where('brand_id', '=', brandId)
    .where('name', '=', name)
    .executeTakeFirst();
}

async function aPromotion(
  ctx: Context,
  { percent, ...names }: { brandId: string; name: string; title: string; percent: number },
): Promise<string> {
  return createPromotion(ctx, {
    ...names,
    groupId: null,
    rules: {
      when: { from: null, to: null, weekdays: [], hours: null },
      where: { storeIds: [], channels: [] },
      audience: { who: 'ANYBODY', tags: [], tiers: [], segmentIds: [], except: { tags: [], segmentIds: [] } },
      conditions: [{ kind: 'PROMO_CODE' }],
      benefits: [{ kind: 'PERCENT', rateBp: percent * 100, goods: { only: { categories: [...GROUPS] } } }],
      limits: { perOrder: null, perShopper: null, total: null, budget: null },
      allowsPoints: true,
      say: '',
    },
  });
}
