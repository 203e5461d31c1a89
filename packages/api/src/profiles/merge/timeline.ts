import { sql } from 'kysely';
import { globalId } from '../../platform/graphql/global-id.ts';
import type { TimelineKind } from '../timeline/timeline-kind.ts';

interface MergeEntry {
  id: string;
  at: Date;
  otherId: string;
  otherName: string | null;
  automatic: boolean;
  probability: number | null;
  fields: string[];
  by: string | null;
  undone: boolean;
}

/** That profiles became one person, and that this was undone. */
export const MERGE_TIMELINE: TimelineKind = {
  kind: 'MERGE',
  page: async (ctx, profileIds, before, limit) => {
    const { rows } = await sql<MergeEntry>`
      select told.id, told.at, m.other_id as "otherId",
        nullif(concat_ws(' ', other.given_name, other.family_name), '') as "otherName", m.automatic, m.probability, m.fields, staff.name as by, told.undone
      from public.profile_merge m
      cross join lateral (
        select m.id::text as id, m.merged_at as at, false as undone
        union all select m.id || ':undone', m.undone_at, true where m.undone_at is not null
      ) told
      left join public.profile other on other.id = m.other_id
      left join public.staff on staff.id::text = case when told.undone then split_part(m.undone_by, ':', 2) else m.actor_id end
      where m.profile_id = any(${[...profileIds]}::uuid[])
        and (${before === null} or (told.at, told.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}))
      order by told.at desc, told.id desc limit ${limit}`.execute(ctx.sql);
    return rows.map(({ id, at, otherId, ...facts }) => ({
      id,
      kind: 'MERGE',
      at,
      facts: { ...facts, otherId: globalId('Profile', otherId) },
    }));
  },
};
