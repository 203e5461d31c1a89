import { sql } from 'kysely';
import type { TimelineKind } from '../../profiles/index.ts';
import type { TierChangeReason } from './tier-entry.entity.ts';

interface TierEntryFacts {
  id: string;
  at: Date;
  from: string | null;
  to: string | null;
  reason: TierChangeReason;
  actor: string;
  note: string | null;
}

/** Tiers reached and lost, by the names they had. */
export const TIER_TIMELINE: TimelineKind = {
  kind: 'TIER',
  page: async (ctx, profileIds, before, limit) => {
    const { rows } = await sql<TierEntryFacts>`
      select id, changed_at as at, from_name as "from", to_name as "to", reason, actor, note
      from public.tier_change
      where profile_id = any(${[...profileIds]}::uuid[])
        and (${before === null} or (changed_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
      order by changed_at desc, id desc limit ${limit}`.execute(ctx.sql);
    return rows.map(({ id, at, ...facts }) => ({ id, kind: 'TIER', at, facts }));
  },
};
