import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/**
 * Takes back what one import recorded: the events may be recorded again. Visitors who did nothing else are gone with
 * them; persons stay, whoever they are said to be.
 * @returns how many events
 */
export async function removeEvents(ctx: Context, batchId: string): Promise<number> {
  const { rows } = await sql<{ events: number }>`
    with removed as (
      delete from public.event where batch_id = ${batchId} returning id, profile_id, occurred_at
    ), forgotten as (
      delete from public.event_key using removed where event_key.id = removed.id
    ), empty as (
      select id from public.profile
      where kind = 'VISITOR' and merged_into is null and id in (select profile_id from removed)
        and not exists (
          select from public.event other where other.profile_id = profile.id
            and other.batch_id is distinct from ${batchId}::uuid)
    ), keys as (
      delete from public.identity_key using empty where identity_key.profile_id = empty.id
    ), identities as (
      delete from public.identity using empty where identity.profile_id = empty.id
    ), visitors as (
      delete from public.profile using empty where profile.id = empty.id
    )
    select count(*)::integer as events from removed`.execute(ctx.sql);
  return rows[0]?.events ?? 0;
}
