import { sql } from 'kysely';
import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import type { Evidence } from '../duplicates/matching/match-model.ts';

export interface MergeRecord {
  id: string;
  survivorId: string;
  /** Of the API. */
  otherId: string;
  otherName: string | null;
  mergedAt: Date;
  /** Null: the rule, or somebody who is no longer there. */
  by: string | null;
  automatic: boolean;
  probability: number | null;
  evidence: Evidence[];
  fields: string[];
  undoneAt: Date | null;
}

export interface MergesAsked {
  /** Of the API: merges this person has part in. */
  profileId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** What was merged, the newest first. */
export async function listMerges(ctx: Context, asked: MergesAsked): Promise<Page<MergeRecord>> {
  demandScope(ctx, 'profiles.merge');
  const size = pageSize(asked.first);
  const after = keysOf(asked.after, 2);
  const one = asked.profileId ? localId(asked.profileId, 'Profile') : null;
  const { rows } = await sql<MergeRecord>`
    select m.id, m.profile_id as "survivorId", m.other_id as "otherId", m.merged_at as "mergedAt", m.automatic,
      m.probability, m.evidence, m.fields, m.undone_at as "undoneAt", staff.name as by,
      nullif(concat_ws(' ', other.given_name, other.family_name), '') as "otherName"
    from public.profile_merge m
    left join public.profile other on other.id = m.other_id
    left join public.staff on m.actor_kind = 'STAFF' and staff.id::text = m.actor_id
    where (${one === null && !asked.profileId} or m.profile_id = ${one}::uuid or m.other_id = ${one}::uuid)
      and (${after === null} or (m.merged_at, m.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by m.merged_at desc, m.id desc limit ${size + 1}`.execute(ctx.sql);
  const merges = rows.map((row) => ({ ...row, otherId: globalId('Profile', row.otherId) }));
  return pageOf(merges, size, after !== null, ({ mergedAt, id }) => cursorOf(mergedAt, id));
}
