import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/** At most `max` uses in any `seconds`. */
export interface UsageLimit {
  /** What is counted, e.g. `code:phone:<blind index>`; never a contact itself. */
  key: string;
  seconds: number;
  max: number;
}

/**
 * Counts one use against all limits, or, when one of them is used up, against none.
 * @returns null when counted, else when to try again
 */
export async function spendUsage(ctx: Context, limits: readonly UsageLimit[]): Promise<Date | null> {
  const { rows } = await sql<{ refused: { retryAt: string } | null }>`
    select public.spend_usage(${ctx.clock.now()}, ${JSON.stringify(limits)}::jsonb) as refused`.execute(
    ctx.sql,
  );
  const refused = rows[0]?.refused;
  return refused ? new Date(refused.retryAt) : null;
}

/** Takes back the newest use: it was none of those the limit is for. Only for limits up to 500. */
export async function returnUsage(ctx: Context, { key, seconds }: UsageLimit): Promise<void> {
  await sql`update usage_counter set moments = moments[:cardinality(moments) - 1], used = greatest(used - 1, 0)
    where key = ${key} and window_seconds = ${seconds}`.execute(ctx.sql);
}
