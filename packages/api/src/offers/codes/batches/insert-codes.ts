import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import type { PoolRow } from '../pools/lock-pool.ts';

export interface NewCodes {
  batchId: string;
  codes: readonly { code: string; key: string; expiresAt?: Date | null }[];
  /** They are with people already; else they wait in the pool. */
  issued: boolean;
}

/** Adds codes nobody of the brand has yet, in one statement. @returns the keys of those that are new */
export async function insertCodes(
  tx: Context,
  pool: Pick<PoolRow, 'id' | 'brand_id'>,
  { batchId, codes, issued }: NewCodes,
): Promise<Set<string>> {
  const now = tx.clock.now();
  const { rows } = await sql<{ key: string }>`
    insert into public.promo_code (id, pool_id, brand_id, key, code, state, issued_at, expires_at, batch_id, created_at)
    select uuidv7(), ${pool.id}, ${pool.brand_id}, fresh.key, fresh.code, ${issued ? 'ISSUED' : 'FREE'},
      ${issued ? now : null}, fresh.expires_at, ${batchId}, ${now}
    from unnest(${codes.map(({ key }) => key)}::text[], ${codes.map(({ code }) => code)}::text[],
      ${codes.map(({ expiresAt = null }) => expiresAt)}::timestamptz[]) as fresh (key, code, expires_at)
    on conflict (brand_id, key) do nothing
    returning key`.execute(tx.sql);
  return new Set(rows.map(({ key }) => key));
}
