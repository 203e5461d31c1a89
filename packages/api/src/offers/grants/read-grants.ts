import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { GRANT_SOURCES, GRANT_STATES } from './offer-grant.entity.ts';

export interface GrantRecord {
  profileId: string;
  id: string;
  promotionId: string;
  /** For shoppers, as it stands now. */
  title: string;
  source: (typeof GRANT_SOURCES)[number];
  reason: string | null;
  dedupeKey: string | null;
  validFrom: Date;
  validTo: Date | null;
  uses: number | null;
  used: number;
  /** At this moment: an open one whose time is over is EXPIRED. */
  state: (typeof GRANT_STATES)[number];
}

export interface GrantCounts {
  promotionId: string;
  /** All that were ever granted. */
  granted: number;
  /** Good for a purchase at this moment; those promised to one on its way among them. */
  open: number;
  /** Bought with once at least. */
  used: number;
}

/** In the order of the ids. */
export async function countGrants(ctx: Context, promotionIds: readonly string[]): Promise<GrantCounts[]> {
  const now = ctx.clock.now();
  const { rows } = await sql<GrantCounts>`
    select promotion_id as "promotionId", count(*)::integer as granted,
      (count(*) filter (where state = 'OPEN' and coalesce(valid_to > ${now}, true)))::integer as open,
      (count(*) filter (where cardinality(order_ids) > 0))::integer as used
    from public.offer_grant where promotion_id = any(${[...promotionIds]}::uuid[]) group by promotion_id`.execute(
    ctx.sql,
  );
  const found = new Map(rows.map((row) => [row.promotionId, row]));
  return promotionIds.map(
    (promotionId) => found.get(promotionId) ?? { promotionId, granted: 0, open: 0, used: 0 },
  );
}

/** What was granted to these shoppers in the caller's brand, the latest first. */
export async function readGrants(ctx: Context, profileIds: readonly string[]): Promise<GrantRecord[]> {
  if (profileIds.length === 0) return [];
  const now = ctx.clock.now();
  const { brandId } = ctx.actor;
  const { rows } = await sql<GrantRecord>`
    select g.profile_id as "profileId", g.id, g.promotion_id as "promotionId", revision.title, g.source, g.reason,
      g.dedupe_key as "dedupeKey", g.valid_from as "validFrom", g.valid_to as "validTo", g.uses,
      cardinality(g.order_ids) as used,
      case when g.state = 'OPEN' and g.valid_to <= ${now} then 'EXPIRED' else g.state end as state
    from public.offer_grant g
    join public.promotion on promotion.id = g.promotion_id
    join public.promotion_revision revision on revision.promotion_id = promotion.id and revision.number = promotion.revision
    where g.profile_id = any(${[...profileIds]}::uuid[]) and (${brandId}::uuid is null or promotion.brand_id = ${brandId})
    order by g.created_at desc, g.id desc`.execute(ctx.sql);
  return rows;
}
