import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';

/** Promotions hold in every store of a brand: only whose role holds in the whole of it changes them. */
export function writesBrand({ actor }: Pick<Context, 'actor'>, brandId: string): boolean {
  return actor.storeIds === 'ALL' || actor.brandId === brandId;
}

/** @throws RequestError FORBIDDEN without the scope @throws InvalidInput UNKNOWN for a brand of somebody else */
export async function demandBrand(ctx: Context, brandId: string): Promise<void> {
  demandScope(ctx, 'offers.write');
  const brand = writesBrand(ctx, brandId)
    ? await ctx.sql.selectFrom('brand').select('id').where('id', '=', brandId).executeTakeFirst()
    : undefined;
  if (brand === undefined) throw invalid('brandId', 'UNKNOWN', 'there is no such brand');
}
