import type { Selectable } from 'kysely';
import { demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tables } from '../../../platform/database/tables.ts';
import { invalid } from '../../../platform/errors.ts';
import { writesBrand } from '../../promotions/demand-brand.ts';

export type PoolRow = Selectable<Tables['promo_code_pool']>;

/**
 * A pool the caller may change; locked until the transaction ends.
 * @throws RequestError FORBIDDEN @throws InvalidInput UNKNOWN
 */
export async function lockPool(tx: Context, id: string, path = 'id'): Promise<PoolRow> {
  return visibleTo(
    tx,
    await tx.sql
      .selectFrom('promo_code_pool')
      .selectAll()
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst(),
    path,
  );
}

/** The same, not locked; one that is put away takes no more codes and gives none. */
export async function usablePool(ctx: Context, id: string, path = 'poolId'): Promise<PoolRow> {
  const found = await ctx.sql
    .selectFrom('promo_code_pool')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  const pool = visibleTo(ctx, found, path);
  if (pool.archived_at !== null) throw invalid(path, 'MISMATCH', 'is put away');
  return pool;
}

function visibleTo(ctx: Context, pool: PoolRow | undefined, path: string): PoolRow {
  demandScope(ctx, 'offers.write');
  if (pool === undefined || !writesBrand(ctx, pool.brand_id))
    throw invalid(path, 'UNKNOWN', 'there is no such pool');
  return pool;
}
