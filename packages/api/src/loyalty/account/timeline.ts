import { sql } from 'kysely';
import { globalId } from '../../platform/graphql/global-id.ts';
import type { TimelineKind } from '../../profiles/index.ts';
import { ACTION_TIMELINE } from '../actions/timeline.ts';
import type { JournalKind } from '../ledger/journal.entity.ts';
import { TIER_TIMELINE } from '../tiers/timeline.ts';

interface PointsEntry {
  id: string;
  at: Date;
  journal: JournalKind;
  points: number;
  activeAfter: number;
  reason: string | null;
  orderId: string | null;
  actor: string;
}

/** Every change of points with its reason, when it was posted; what merged profiles brought along included. */
export const LOYALTY_TIMELINE: readonly TimelineKind[] = [
  {
    kind: 'POINTS',
    page: async (ctx, profileIds, before, limit) => {
      const { rows } = await sql<PointsEntry>`
        select id, posted_at as at, kind as journal, points, active_after as "activeAfter", reason,
          order_id as "orderId", actor
        from public.loyalty_journal
        where profile_id = any(${[...profileIds]}::uuid[])
          and (${before === null} or (posted_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by posted_at desc, id desc limit ${limit}`.execute(ctx.sql);
      return rows.map(({ id, at, orderId, ...facts }) => ({
        id,
        kind: 'POINTS',
        at,
        facts: { ...facts, orderId: orderId === null ? null : globalId('Order', orderId) },
      }));
    },
  },
  ACTION_TIMELINE,
  TIER_TIMELINE,
];
