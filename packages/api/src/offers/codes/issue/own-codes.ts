import { sql } from 'kysely';
import type { PersonSection } from '../../../profiles/index.ts';

/** Codes issued to a person, as they stand at this moment. */
export const OWN_CODES: PersonSection = {
  name: 'promoCodes',
  rows: async (ctx, profileId) => {
    const now = ctx.clock.now();
    const { rows } = await sql<Record<string, unknown>>`
      select own.issued_at as "at", own.code, revision.title as promotion, own.reason,
        coalesce(own.valid_from, pool.valid_from) as "from", coalesce(own.expires_at, pool.valid_to) as "validTo",
        case when own.state in ('USED', 'CANCELLED') then own.state
          when pool.archived_at <= ${now} then 'CANCELLED'
          when coalesce(own.expires_at, pool.valid_to) <= ${now} then 'EXPIRED'
          else 'ISSUED' end as state,
        own.used_at as "usedAt"
      from public.promo_code own
      join public.promo_code_pool pool on pool.id = own.pool_id
      left join public.promotion on promotion.id = pool.promotion_id
      left join public.promotion_revision revision
        on revision.promotion_id = promotion.id and revision.number = promotion.revision
      where own.profile_id = ${profileId} order by own.issued_at, own.id`.execute(ctx.sql);
    return rows;
  },
};
