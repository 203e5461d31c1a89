import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { columnsOf, type ShopperRows } from '../profiles/index.ts';
import { leaveSegments } from './membership/leave-segments.ts';

/** What of this room belongs to a shopper. */
export const SEGMENT_ROWS: readonly ShopperRows[] = [
  {
    table: 'profile_segment',
    // Whoever is merged into somebody leaves every segment, and the survivor is looked at anew: by what triggers mark.
    atMerge: 'KEEP',
    export: {
      name: 'segments',
      rows: async (ctx, profileId) => {
        const { rows } = await sql<{ name: string }>`
          select s.name from public.profile_segment own join public.segment s on s.number = any(own.segments)
          where own.profile_id = ${profileId} and s.live_condition is not null order by 1`.execute(ctx.sql);
        return rows;
      },
    },
    erase: (tx, profileId) => leaveSegments(tx, [profileId]),
  },
  { table: 'segment_dirty', atMerge: 'KEEP', export: 'NOTHING', erase: 'KEEP' },
  {
    table: 'segment_transition',
    // It was that profile that entered and left; who reads the feed knows its number.
    atMerge: 'KEEP',
    export: columnsOf('segmentTransitions', 'segment_transition', {
      at: 'occurred_at',
      segment: 'segment_id',
      entered: 'entered',
    }),
    erase: 'KEEP',
  },
  {
    table: 'segment_snapshot_member',
    atMerge: 'MOVE',
    export: {
      name: 'segmentSnapshots',
      rows: async (ctx, profileId) =>
        ctx.sql
          .selectFrom('segment_snapshot_member as own')
          .innerJoin('segment_snapshot as s', 's.id', 'own.snapshot_id')
          .select(['s.name', 's.taken_at as at'])
          .where('own.profile_id', '=', profileId)
          .orderBy('s.taken_at')
          .execute(),
    },
    erase: 'DELETE',
    key: 'snapshot_id',
    arrange: dropTwice,
  },
];

/** Who is in a snapshot both ways is in it once. */
async function dropTwice(tx: Context, from: string, to: string): Promise<void> {
  await sql`delete from public.segment_snapshot_member twice
    where twice.profile_id = ${from} and exists (select from public.segment_snapshot_member own
      where own.profile_id = ${to} and own.snapshot_id = twice.snapshot_id)`.execute(tx.sql);
}
