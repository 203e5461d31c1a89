import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Report } from '../../platform/tasks/index.ts';
import { EVERYBODY, readInBulk, type Scope } from '../language/index.ts';

/** People of one transaction: a second or so each, so that nobody waits long for it. */
export const CHUNK = 20_000;

/** Ranges of ids with so many people each; together they hold every id there is or will be. */
export async function chunksOf(ctx: Context, size: number = CHUNK): Promise<Scope[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id, row_number() over (order by id) as place from public.profile
      where kind = 'PERSON' and merged_into is null and erased_at is null) people
    where place > 1 and place % ${size} = 1 order by id`.execute(ctx.sql);
  const bounds = rows.map(({ id }) => id);
  return [EVERYBODY_FROM, ...bounds].map((from, index) => ({ from, to: bounds[index] ?? null }));
}

const EVERYBODY_FROM = 'from' in EVERYBODY ? EVERYBODY.from : '';

/** Each range in a transaction of its own, one after the other. @param work what to do with one */
export async function eachChunk(
  ctx: Context,
  { report, signal }: { report: Report; signal: AbortSignal },
  work: (tx: Context, scope: Scope) => Promise<void>,
): Promise<void> {
  const chunks = await chunksOf(ctx);
  for (const [index, scope] of chunks.entries()) {
    signal.throwIfAborted();
    await inTransaction({ ...ctx, em: ctx.database.em(), sql: ctx.database.sql }, async (tx) => {
      // What it waits for is let go within seconds.
      await sql`select set_config('lock_timeout', '30s', true), set_config('statement_timeout', '600s', true)`.execute(
        tx.sql,
      );
      await readInBulk(tx);
      await work(tx, scope);
    });
    report(index + 1, chunks.length);
  }
}
