import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Fragment } from '../language/index.ts';

export interface SegmentReachRecord {
  channel: string;
  people: number;
}

/** By what a channel finds somebody. PUSH has no addresses yet. */
const ADDRESSES = { EMAIL: 'EMAIL', SMS: 'PHONE', VIBER: 'PHONE', PUSH: null, CALL: 'PHONE' } as const;

/**
 * Of some people: who has the address, agreed to advertising by the channel with their newest answer that covers it
 * (answers given to profiles merged into theirs count), and does not ask to be left alone.
 * @param people a select of `profile_id`
 */
export async function reachOf(ctx: Pick<Context, 'sql'>, people: Fragment): Promise<SegmentReachRecord[]> {
  const channels = Object.entries(ADDRESSES);
  const counts = channels.map(([channel, address]) =>
    address === null
      ? sql`0 as ${sql.ref(channel)}`
      : sql`count(*) filter (where agreed.${sql.ref(channel)} and has.${sql.ref(address)})::int as ${sql.ref(channel)}`,
  );
  const newest = channels.map(
    ([channel]) =>
      sql`(array_agg(c.granted order by c.given_at desc, c.id desc)
        filter (where c.channel is null or c.channel = ${channel}))[1] as ${sql.ref(channel)}`,
  );
  const { rows } = await sql<Record<string, number>>`
    with people as materialized (
      select p.id from (${people}) asked join public.profile p on p.id = asked.profile_id
      where not p.do_not_disturb)
    select ${sql.join(counts)} from people
    join (
      select people.id, ${sql.join(newest)} from public.consent c
      join public.profile own on own.id = c.profile_id
      join people on people.id = coalesce(own.merged_into, own.id)
      where c.purpose = 'ADVERTISING' and c.topic is null
      group by people.id
    ) agreed on agreed.id = people.id
    join (
      select i.profile_id, bool_or(i.kind = 'PHONE') as "PHONE", bool_or(i.kind = 'EMAIL') as "EMAIL"
      from public.identity i join people on people.id = i.profile_id group by i.profile_id
    ) has on has.profile_id = people.id`.execute(ctx.sql);
  return channels.map(([channel]) => ({ channel, people: rows[0]?.[channel] ?? 0 }));
}

/** Of its members as they are now. */
export function segmentReach(
  ctx: Pick<Context, 'sql'>,
  segment: { number: number },
): Promise<SegmentReachRecord[]> {
  return reachOf(
    ctx,
    sql`select profile_id from public.profile_segment where segments @> array[${segment.number}::smallint]`,
  );
}
