import { sql } from 'kysely';
import { programOfBrand, versionAt } from '../../loyalty/index.ts';
import { activePromotions } from '../../offers/index.ts';
import type { Context } from '../../platform/context.ts';
import { goodsFacts, type BasketProduct } from '../quote/basket.ts';
import { attributesAsked } from '../quote/rule-attributes.ts';

/**
 * What the catalogue says of goods, as the rules of the caller's brand ask for it, in the shape of a draft's line. Money
 * in minor units of the till's currency. In the order of the skus; null for unknown ones.
 */
export async function goodsForRules(
  ctx: Context,
  skus: readonly string[],
): Promise<(Record<string, unknown> | null)[]> {
  const asked = await attributesOfRules(ctx);
  const { rows } = await sql<{ goods: BasketProduct[] }>`
    select public.goods_facts(${JSON.stringify(skus)}::jsonb, ${JSON.stringify(asked)}::jsonb) as goods`.execute(
    ctx.sql,
  );
  const bySku = new Map((rows[0]?.goods ?? []).map((product) => [product.sku, product]));
  const currency = ctx.actor.till?.currency;
  return skus.map((sku) => {
    const product = bySku.get(sku);
    if (product === undefined) return null;
    return {
      ...goodsFacts(product),
      earnable: product.earnable ?? undefined,
      redeemable: product.redeemable ?? undefined,
      minUnitPrice: currency === undefined ? undefined : product.minUnitPrice[currency],
    };
  });
}

async function attributesOfRules(ctx: Context): Promise<string[]> {
  const brandId = ctx.actor.till?.brandId ?? ctx.actor.brandId;
  if (brandId === null) return [];
  const program = await programOfBrand(ctx, brandId);
  const settings = program && versionAt(program, ctx.clock.now())?.settings;
  const { promotions } = await activePromotions(ctx, brandId);
  return attributesAsked([...promotions.map(({ rules }) => rules), ...(settings ? [settings] : [])]);
}
