import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';

const FIRST_MONTH = '2000-01-01';

/** Months known to be there; they never go away. */
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
