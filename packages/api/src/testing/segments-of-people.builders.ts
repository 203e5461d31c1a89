import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

export interface BuiltSegment {
  name?: string;
  /** Computed and live where absent. */
  state?: 'COMPUTING' | 'LIVE' | 'NEEDS_ATTENTION' | 'ARCHIVED';
  /** Whether it is known who is in it: of all but the archived where absent. */
  computed?: boolean;
}

/** A segment with exactly these people, as the computation leaves it. @returns its id */
export async function aSegmentOf(
  ctx: Context,
  profileIds: readonly string[],
  { name, state = 'LIVE', computed = state !== 'ARCHIVED' }: BuiltSegment = {},
): Promise<string> {
  const id = newId();
  const now = ctx.clock.now();
  const { rows } = await sql<{ number: number }>`
    insert into segment (id, ordinal, number, name, condition, live_condition, state, computed_at, created_at, updated_at,
      archived_at)
    select ${id}, top, top, ${name ?? `Сегмент ${id}`}, '{"group":"ALL","of":[]}',
      case when ${computed} then '{"group":"ALL","of":[]}'::jsonb end, ${state},
      case when ${computed} then ${now}::timestamptz end, ${now}, ${now}, case when ${state === 'ARCHIVED'} then ${now}::timestamptz end
    from (select coalesce(max(number), 0) + 1 as top from segment) as numbers
    returning number`.execute(ctx.sql);
  await putInto(ctx, rows[0]?.number ?? 0, profileIds);
  return id;
}

/** People who were looked at and are in no segment. */
export async function lookedAt(ctx: Context, profileIds: readonly string[]): Promise<void> {
  await sql`
    insert into profile_segment (profile_id, segments)
    select id, '{}' from unnest(${[...profileIds]}::uuid[]) as people (id)
    on conflict do nothing`.execute(ctx.sql);
}

async function putInto(ctx: Context, number: number, profileIds: readonly string[]): Promise<void> {
  await sql`
    insert into profile_segment (profile_id, segments)
    select id, array[${number}::smallint] from unnest(${[...profileIds]}::uuid[]) as people (id)
    on conflict (profile_id) do update set segments = array_append(profile_segment.segments, ${number}::smallint)`.execute(
    ctx.sql,
  );
}

/** They leave it. */
export async function leaveSegment(ctx: Context, segmentId: string, profileId: string): Promise<void> {
  await sql`
    update profile_segment set segments = array_remove(segments, (select number from segment where id = ${segmentId}))
    where profile_id = ${profileId}`.execute(ctx.sql);
}
