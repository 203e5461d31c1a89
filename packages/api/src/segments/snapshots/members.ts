import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/** Ids of all members as of one moment, in order: what is swapped in while they are gone through changes nothing. */
export async function membersOf(ctx: Pick<Context, 'sql'>, segmentId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select own.profile_id as id from public.segment s join public.profile_segment own on own.segments @> array[s.number]
    where s.id = ${segmentId} and s.live_condition is not null order by own.profile_id`.execute(ctx.sql);
  return rows.map(({ id }) => id);
}
