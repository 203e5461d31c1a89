import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/**
 * For statements about many shoppers, until the transaction ends. How many rows two equal columns join is guessed far too
 * low, and a loop over "one row" that is thousands takes minutes where a hash takes a second: loops are left out.
 */
export async function readInBulk(tx: Pick<Context, 'sql'>): Promise<void> {
  await sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true),
    set_config('work_mem', '64MB', true)`.execute(tx.sql);
}
