import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Job } from '../../platform/jobs/jobs.ts';

const FIRST = '2000-01-01';

/** First days of quarters known to be there; they never go away. */
const known = new WeakMap<Database, Set<string>>();

/** Makes the partitions of these moments where they are missing, each in a transaction of its own. */
export async function ensureQuarters(ctx: Context, moments: Iterable<Date>): Promise<void> {
  const there = known.get(ctx.database) ?? new Set<string>();
  known.set(ctx.database, there);
  const missing = new Set<string>();
  for (const moment of moments) {
    const quarter = quarterOf(moment);
    // What is older has one part of its own.
    if (quarter >= FIRST && !there.has(quarter)) missing.add(quarter);
  }
  for (const quarter of missing) {
    // Outside the caller's transaction: what it holds for long must not keep others from their quarters.
    await sql`select public.ensure_event_quarter(${quarter}::date)`.execute(ctx.database.sql);
    there.add(quarter);
  }
}

/** YYYY-MM-DD, the first day of it (UTC). */
function quarterOf(moment: Date): string {
  return firstDay(moment, 0).toISOString().slice(0, 10);
}

/** Of the quarter so many after a moment's own. */
function firstDay(moment: Date, ahead: number): Date {
  const quarter = Math.floor(moment.getUTCMonth() / 3) + ahead;
  return new Date(Date.UTC(moment.getUTCFullYear(), quarter * 3, 1));
}

/** This quarter and the next one. */
export async function prepareQuarters(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await ensureQuarters(ctx, [now, firstDay(now, 1)]);
}

/** Counts older than this are forgotten. */
const KEEP_COUNTS_MS = 40 * 86_400_000;

export async function forgetCounts(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEEP_COUNTS_MS);
  await ctx.sql.deleteFrom('event_count').where('hour', '<', before).execute();
}

export const activityJobs: readonly Job[] = [
  { name: 'activity-prepare-quarters', cron: '23 2 * * *', run: (ctx) => prepareQuarters(ctx) },
  { name: 'activity-forget-counts', cron: '41 3 * * *', run: (ctx) => forgetCounts(ctx) },
];
