import type { EarningLimit, ProgramSettings } from '@clientele/shared/receipt';
import type { CountWindow } from '@clientele/shared/rules';
import { boundsOf } from '@clientele/shared/time';
import { sql } from 'kysely';
import { versionAt, type ProgramRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';

/**
 * Points granted before in the window of each limit, by limit code. Most programs have no such limit and cost nothing;
 * else one statement.
 * @param at when the purchase is made
 * @param instead settings that are tried instead of the version that holds
 */
export async function readLimitsUsed(
  ctx: Context,
  program: ProgramRecord | null,
  profileId: string | null,
  at: Date,
  instead: ProgramSettings | null = null,
): Promise<Record<string, number>> {
  const settings = instead ?? (program && versionAt(program, at)?.settings);
  const limits = settings?.earningLimits ?? [];
  const counted = limits.filter(({ window }) => window !== 'RECEIPT');
  if (program === null || counted.length === 0) return {};
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join(counted.map((limit) => used(limit, program, profileId, at)))}`.execute(ctx.sql);
  return rows[0] ?? {};
}

function used(limit: EarningLimit, program: ProgramRecord, profileId: string | null, at: Date) {
  const { from, to } = boundsOf(windowOf(limit), at.getTime(), program.timezone);
  return sql`(
    select coalesce(sum(granted), 0)::bigint from public.lot
    where program_id = ${program.id} and source in ('ORDER', 'EVENT')
      and (${moment(from)}::timestamptz is null or earned_at >= ${moment(from)})
      and (${moment(to)}::timestamptz is null or earned_at < ${moment(to)})
      and (${limit.scope === 'PROGRAM'} or profile_id = ${profileId})
      and (${limit.scope !== 'RULE'} or rule_id = ${limit.rule ?? null}::text)
  ) as ${sql.id(limit.code)}`;
}

/** The calendar is the program's; a rolling window ends with the purchase. */
function windowOf({ window, days }: EarningLimit): CountWindow {
  if (window === 'ROLLING') return { kind: 'ROLLING', days: days ?? 1 };
  return { kind: window === 'RECEIPT' ? 'ALWAYS' : window };
}

function moment(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
