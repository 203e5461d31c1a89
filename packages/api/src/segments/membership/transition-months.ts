import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { stopWorlds } from './world.ts';

const FIRST_MONTH = '2000-01-01';

/** Months known to be there; the one that is now never goes away. */
const known = new WeakMap<Database, Set<string>>();

/** Makes the partition of what is told now, outside of the caller's transaction. */
export async function ensureTransitionMonth(ctx: Context): Promise<void> {
  const there = known.get(ctx.database) ?? new Set<string>();
  known.set(ctx.database, there);
  const month = `${ctx.clock.now().toISOString().slice(0, 7)}-01`;
  if (month < FIRST_MONTH || there.has(month)) return;
  await sql`select public.ensure_transition_month(${month}::date)`.execute(ctx.database.sql);
  there.add(month);
}

/** Whole months that stay besides the one that is now: as much as a year, seen from anywhere in a month. */
const KEPT_MONTHS = 13;

/** What was told longer ago than that is kept no more. @returns the months that went */
export async function forgetTransitions(ctx: Context): Promise<string[]> {
  const now = ctx.clock.now();
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - KEPT_MONTHS, 1));
  known.delete(ctx.database);
  return inTransaction(ctx, async (tx) => {
    // It waits for its turn like any pass, rather than hold up everybody who tells while it waits for one of them.
    await sql`select set_config('lock_timeout', '30s', true), set_config('statement_timeout', '600s', true)`.execute(
      tx.sql,
    );
    await stopWorlds(tx);
    const { rows } = await sql<{ name: string }>`
      select gone as name from public.forget_transition_months(${before.toISOString().slice(0, 10)}::date) gone`.execute(
      tx.sql,
    );
    return rows.map(({ name }) => name.slice(-7).replace('m', '-'));
  });
}
