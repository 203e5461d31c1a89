import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { PastPurchase } from './purchase-history.ts';

/**
 * Writes down what purchases come to, for the counting of tiers; an older word never over a newer one.
 * @returns whose they are now
 */
export async function keepPurchases(
  tx: Context,
  purchases: readonly (Omit<PastPurchase, 'brandId' | 'programId'> & { readonly programId: string })[],
): Promise<string[]> {
  if (purchases.length === 0) return [];
  const { rows } = await sql<{ owners: string[] }>`
    select public.keep_tier_entries(${JSON.stringify(purchases)}::jsonb) as owners`.execute(tx.sql);
  return rows[0]?.owners ?? [];
}
