import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/** Who changed a profile last: a member of staff by name, else where it came from. */
export async function lastChange(
  ctx: Pick<Context, 'sql'>,
  profileId: string,
): Promise<{ changedBy: string | null; changedAt: Date | null }> {
  const { rows } = await sql<{ changedBy: string | null; changedAt: Date }>`
    select coalesce(s.name, c.source) as "changedBy", c.at as "changedAt"
    from public.profile_change c
    left join public.staff s on c.actor_kind in ('STAFF', 'CASHIER') and s.id::text = c.actor_id
    where c.profile_id = ${profileId} order by c.at desc, c.id desc limit 1`.execute(ctx.sql);
  return rows[0] ?? { changedBy: null, changedAt: null };
}
