import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Job } from '../../platform/jobs/jobs.ts';

const MONTHS_AHEAD = 3;
const FIRST_MONTH = '2000-01-01';

/** Months known to be there; they never go away. */
const known = new WeakMap<Database, Set<string>>();

/** Makes the partitions of these moments where they are missing, each in a transaction of its own. */
export async function ensureMonths(ctx: Context, moments: Iterable<Date>): Promise<void> {
  const there = known.get(ctx.database) ?? new Set<string>();
  known.set(ctx.database, there);
  const missing = new Set<string>();
  for (const moment of moments) {
    const month = `${moment.toISOString().slice(0, 7)}-01`;
    // What is older has one part of its own.
    if (month >= FIRST_MONTH && !there.has(month)) missing.add(month);
  }
  for (const month of missing) {
    // Outside the caller's transaction: what it holds for long must not keep others from their months.
    await sql`select public.ensure_event_month(${month}::date)`.execute(ctx.database.sql);
    there.add(month);
  }
}

/** This month and the next ones. */
export async function prepareMonths(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await ensureMonths(
    ctx,
    Array.from(
      { length: MONTHS_AHEAD + 1 },
      (_, ahead) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)),
    ),
  );
}

/** Counts older than this are forgotten. */
const KEEP_COUNTS_MS = 40 * 86_400_000;

export async function forgetCounts(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEEP_COUNTS_MS);
  await ctx.sql.deleteFrom('event_count').where('hour', '<', before).execute();
}

export const activityJobs: readonly Job[] = [
  { name: 'activity-prepare-months', cron: '23 2 * * *', run: (ctx) => prepareMonths(ctx) },
  { name: 'activity-forget-counts', cron: '41 3 * * *', run: (ctx) => forgetCounts(ctx) },
];
