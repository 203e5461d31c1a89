import type { TierLadder, TierLevel } from '@clientele/shared/receipt';
import type { Context } from '../platform/context.ts';

export { previewOrder, PURCHASE_HISTORY, returnOrder } from '../orders/index.ts';

/** A level by roubles. */
export function aLevel(code: string, roubles: number, facts: Partial<TierLevel> = {}): TierLevel {
  return { code, name: code.toLowerCase(), from: { RUB: roubles * 100 }, fromPoints: roubles / 10, ...facts };
}

/** Silver from 10 000 ₽, gold from 30 000 ₽ in twelve months, kept a year. */
export function aLadder(facts: Partial<TierLadder> = {}): TierLadder {
  return {
    basis: 'SPEND',
    window: 'LAST_12_MONTHS',
    keepDays: 365,
    levels: [aLevel('SILVER', 10_000), aLevel('GOLD', 30_000)],
    ...facts,
  };
}

/** The tier of somebody who has one in one program, as it is stored. */
export async function tierOfAccount(ctx: Context, profileId: string): Promise<string | null> {
  const row = await ctx.sql
    .selectFrom('loyalty_account')
    .select('tier_code as tier')
    .where('profile_id', '=', profileId)
    .where('merged_into', 'is', null)
    // A merge opens an account in every program there is; those without a tier come last.
    .orderBy('tier_code')
    .executeTakeFirst();
  return row?.tier ?? null;
}

/** `FROM-TO REASON` of every change, oldest first. */
export async function tierChanges(ctx: Context, profileId: string): Promise<string[]> {
  const rows = await ctx.sql
    .selectFrom('tier_change')
    .select(['from_code', 'to_code', 'reason'])
    .where('profile_id', '=', profileId)
    .orderBy('changed_at')
    .orderBy('id')
    .execute();
  return rows.map(({ from_code, to_code, reason }) => `${from_code ?? ''}-${to_code ?? ''} ${reason}`);
}
