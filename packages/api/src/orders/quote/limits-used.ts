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
  const from = windowStart(limit, program.timezone, at);
  return sql`(
    select coalesce(sum(granted), 0)::bigint from public.lot
    where program_id = ${program.id} and source in ('ORDER', 'EVENT') and earned_at <= ${at}
      and (${from}::timestamptz is null or earned_at >= ${from})
      and (${limit.scope === 'PROGRAM'} or profile_id = ${profileId})
      and (${limit.scope !== 'RULE'} or rule_id = ${limit.rule ?? null}::text)
  ) as ${sql.id(limit.code)}`;
}

/** Days and months are those of the program's zone. */
function windowStart({ window }: EarningLimit, zone: string, at: Date): Date | null {
  if (window === 'ALWAYS' || window === 'RECEIPT') return null;
  const day = localDate(at.getTime(), zone);
  return new Date(instantOfLocal(window === 'DAY' ? day : `${day.slice(0, 7)}-01`, '00:00:00', zone));
}
