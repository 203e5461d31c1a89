import { sql } from 'kysely';
import type { PastPurchase, PurchaseHistory } from '../loyalty/index.ts';

/** What tiers are counted from, as it stands in this room. Money given back less for points is worth what was returned. */
export const PURCHASE_HISTORY: PurchaseHistory = {
  shoppersAfter: async (ctx, after, limit) => {
    const { rows } = await sql<{ id: string }>`
      select distinct profile_id as id from public.orders
      where identified_at is not null and (${after}::uuid is null or profile_id > ${after}::uuid)
      order by 1 limit ${limit}`.execute(ctx.sql);
    return rows.map(({ id }) => id);
  },
  purchasesOf: async (ctx, profileIds) => {
    const { rows } = await sql<PastPurchase>`
      select o.profile_id as "profileId", o.id as "orderId", o.program_id as "programId", s.brand_id as "brandId",
        o.occurred_at as "occurredAt", o.currency, o.revision,
        case when o.state = 'CANCELLED' then 0 else o.to_pay - (net ->> 'returnedWorth')::bigint end as amount,
        case when o.state = 'CANCELLED' then 0 else o.earned - (net ->> 'pointsTakenBack')::bigint end as points
      from public.orders o join public.store s on s.id = o.store_id, public.order_taken_back(o.profile_id, o.id) net
      where o.profile_id = any(${[...profileIds]}::uuid[]) and o.identified_at is not null
        and (o.state in ('COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED')
          or o.state = 'CANCELLED' and o.posted_at is not null)
      order by o.profile_id, o.id`.execute(ctx.sql);
    return rows;
  },
};
