import { sql } from 'kysely';
import { programOfBrand } from '../../loyalty/index.ts';
import { heldLimits, type PromotionRecord } from '../../offers/index.ts';
import type { Context } from '../../platform/context.ts';

/** How much of a promotion's own limits is left at this moment; what is held for begun purchases counts as used. */
export interface LimitsLeft {
  /** In the running window; null: no such limit. */
  times: number | null;
  /** Minor units. */
  budget: { currency: string; amount: number; left: number }[];
}

interface Used {
  totalTimes: number;
  spent: number;
}

/** One statement for each currency of the budget; none where nothing is limited. */
export async function readLimitsLeft(
  ctx: Context,
  { id, brandId, rules: { limits } }: Pick<PromotionRecord, 'id' | 'brandId' | 'rules'>,
): Promise<LimitsLeft> {
  const zone = (await programOfBrand(ctx, brandId))?.timezone ?? 'UTC';
  const now = ctx.clock.now();
  const used = (currency: string) => usedOf(ctx, id, heldLimits(limits, { at: now, zone, currency }), now);
  const budgets = Object.entries(limits.budget ?? {});
  const spent = await Promise.all(budgets.map(([currency]) => used(currency)));
  const total = limits.total === null ? null : (spent[0] ?? (await used('')));
  return {
    times: limits.total === null ? null : Math.max(0, limits.total.times - (total?.totalTimes ?? 0)),
    budget: budgets.map(([currency, amount], index) => ({
      currency,
      amount,
      left: Math.max(0, amount - (spent[index]?.spent ?? 0)),
    })),
  };
}

async function usedOf(ctx: Context, promotionId: string, limits: object | null, now: Date): Promise<Used> {
  const asked = JSON.stringify([{ promotionId, limits }]);
  const { rows } = await sql<{ uses: Record<string, Used> }>`
    select public.promotion_uses(null, ${asked}::jsonb, null, ${now}) as uses`.execute(ctx.sql);
  return rows[0]?.uses[promotionId] ?? { totalTimes: 0, spent: 0 };
}
