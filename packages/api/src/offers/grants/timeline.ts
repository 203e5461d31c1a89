import { sql } from 'kysely';
import type { TimelineKind } from '../../profiles/index.ts';

interface OfferEntry {
  id: string;
  at: Date;
  event: 'GRANTED' | 'USED' | 'WITHDRAWN';
  title: string;
  reason: string | null;
  validTo: Date | null;
}

/** Personal offers: given, used up, taken back. */
export const GRANT_TIMELINE: readonly TimelineKind[] = [
  {
    kind: 'OFFER',
    page: async (ctx, profileIds, before, limit, scopes) => {
      if (!scopes.has('offers.read')) return [];
      const { rows } = await sql<OfferEntry>`
        select told.id, told.at, told.event, own.reason, own.valid_to as "validTo", revision.title
        from (
          select profile_id, id as grant_id, id, created_at as at, 'GRANTED' as event from public.offer_grant
          where profile_id = any(${[...profileIds]}::uuid[])
          union all
          select profile_id, id, md5(id::text || state)::uuid, updated_at,
            case state when 'REDEEMED' then 'USED' else 'WITHDRAWN' end
          from public.offer_grant
          where profile_id = any(${[...profileIds]}::uuid[]) and state in ('REDEEMED', 'WITHDRAWN')) told
        join public.offer_grant own on own.profile_id = told.profile_id and own.id = told.grant_id
        join public.promotion on promotion.id = own.promotion_id
        join public.promotion_revision revision
          on revision.promotion_id = promotion.id and revision.number = promotion.revision
        where ${before === null} or (told.at, told.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid)
        order by told.at desc, told.id desc limit ${limit}`.execute(ctx.sql);
      return rows.map(({ id, at, event, title, reason, validTo }) => ({
        id,
        kind: 'OFFER',
        at,
        facts: { event, title, reason, validTo: validTo?.toISOString() ?? null },
      }));
    },
  },
];
