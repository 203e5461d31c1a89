import type { EarningLimit } from '@clientele/shared/receipt';
import { instantOfLocal, localDate } from '@clientele/shared/time';
import { sql } from 'kysely';
import { versionAt, type ProgramRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';

/**
 * Points granted before in the window of each limit, by limit code. Most programs have no such limit and cost nothing;
 * else one statement.
 * @param at when the purchase is made
 */
export async function readLimitsUsed(
  ctx: Context,
  program: ProgramRecord | null,
  profileId: string | null,
  at: Date,
): Promise<Record<string, number>> {
  const limits = (program && versionAt(program, at)?.settings.earningLimits) ?? [];
  const counted = limits.filter(({ window }) => window !== 'RECEIPT');
  if (program === null || counted.length === 0) return {};
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join(counted.map((limit) => used(limit, program, profileId, at)))}`.execute(ctx.sql);
  return rows[0] ?? {};
}

function used(limit: EarningLimit, program: ProgramRecord, profileId: string | null, at: Date) {
  const { from, to } = windowOf(limit, program.timezone, at);
  return sql`(
    select coalesce(sum(granted), 0)::bigint from public.lot
    where program_id = ${program.id} and source in ('ORDER', 'EVENT')
      and (${from}::timestamptz is null or earned_at >= ${from})
      and (${to}::timestamptz is null or earned_at < ${to})
      and (${limit.scope === 'PROGRAM'} or profile_id = ${profileId})
      and (${limit.scope !== 'RULE'} or rule_id = ${limit.rule ?? null}::text)
  ) as ${sql.id(limit.code)}`;
}

/** Days and months are those of the program's zone. */
function windowOf({ window }: EarningLimit, zone: string, at: Date): { from: Date | null; to: Date | null } {
  if (window === 'ALWAYS' || window === 'RECEIPT') return { from: null, to: null };
  const day = localDate(at.getTime(), zone);
  const first = window === 'DAY' ? day : `${day.slice(0, 7)}-01`;
  const next = new Date(`${first}T00:00:00Z`);
  if (window === 'DAY') next.setUTCDate(next.getUTCDate() + 1);
  else next.setUTCMonth(next.getUTCMonth() + 1);
  return { from: startOf(first, zone), to: startOf(next.toISOString().slice(0, 10), zone) };
}

function startOf(day: string, zone: string): Date {
  return new Date(instantOfLocal(day, '00:00:00', zone));
}
