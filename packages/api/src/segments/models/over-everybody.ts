import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { readInBulk } from '../language/index.ts';

/** For what reads the purchases of everybody at once, in the background: it may take minutes, and sorts in memory. */
export function overEverybody<Result>(ctx: Context, work: (tx: Context) => Promise<Result>): Promise<Result> {
  return inTransaction({ ...ctx, em: ctx.database.em(), sql: ctx.database.sql }, async (tx) => {
    await sql`select set_config('statement_timeout', '600s', true)`.execute(tx.sql);
    await readInBulk(tx);
    return work(tx);
  });
}
