import { sql } from 'kysely';
import { seesStore } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { StoredDiscount, StoredGoods } from '../order/order-line.entity.ts';
import type { LineKind } from '@clientele/shared/receipt';

/** A purchase as it was, with what the calculation asks of its shopper. */
export interface SampledOrder {
  id: string;
  profileId: string;
  storeId: string;
  timeZone: string;
  channel: 'STORE' | 'ONLINE';
  currency: string;
  occurredAt: Date;
  /** Whether its shopper is known. */
  known: boolean;
  tierCode: string | null;
  tags: string[];
  /** Of those asked for, as of now; null: not known. */
  segmentIds: string[] | null;
  birthDate: string | null;
  ordersBefore: number;
  lines: SampledLine[];
}

export interface SampledLine {
  number: number;
  sku: string;
  kind: LineKind;
  quantityMilli: number;
  unitPrice: number;
  gross: number;
  minUnitPrice: number;
  earnable: boolean;
  redeemable: boolean;
  discounts: StoredDiscount[];
  goods: StoredGoods;
}

export interface Sample {
  /** Purchases of the time, all of them. */
  orders: number;
  sampled: SampledOrder[];
}

/**
 * Purchases of a brand since a moment in the stores the caller sees, returned ones left out; when there are more than `most`, about so many of them,
 * chosen evenly by their random ids, so that the same are chosen again.
 */
export async function readSample(
  ctx: Pick<Context, 'sql' | 'actor'>,
  {
    brandId,
    from,
    to,
    most,
    segmentIds,
  }: { brandId: string; from: Date; to: Date; most: number; segmentIds: readonly string[] },
): Promise<Sample> {
  const stores = await ctx.sql.selectFrom('store').select('id').where('brand_id', '=', brandId).execute();
  const storeIds = stores.map(({ id }) => id).filter((id) => seesStore(ctx.actor, id));
  if (storeIds.length === 0) return { orders: 0, sampled: [] };
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::int as count from orders where ${ofTime(storeIds, from, to)}`.execute(ctx.sql);
  const orders = counted[0]?.count ?? 0;
  const stride = Math.max(1, Math.ceil(orders / most));
  const { rows: sampled } = await sql<SampledOrder>`
    with chosen as materialized (
      select * from orders where ${ofTime(storeIds, from, to)}
        and (${stride} = 1 or ('x' || right(id::text, 8))::bit(32)::bigint % ${stride} = 0))
    select chosen.id, chosen.profile_id as "profileId", chosen.store_id as "storeId", store.time_zone as "timeZone",
      chosen.channel, chosen.currency, chosen.occurred_at as "occurredAt",
      chosen.identified_at is not null as known, chosen.terms ->> 'tierCode' as "tierCode", profile.tags,
      public.segments_among(case when chosen.identified_at is not null then chosen.profile_id end,
        ${JSON.stringify(segmentIds)}::jsonb) as "segmentIds",
      to_char(profile.birth_date, 'YYYY-MM-DD') as "birthDate",
      case when chosen.identified_at is null then 0 else (
        select count(*)::int from orders as earlier
        where earlier.profile_id = chosen.profile_id and earlier.occurred_at < chosen.occurred_at
          and earlier.state in ('COMMITTED', 'PARTIALLY_RETURNED')) end as "ordersBefore",
      (select jsonb_agg(jsonb_build_object('number', line.number, 'sku', line.sku, 'kind', line.kind,
          'quantityMilli', line.quantity_milli, 'unitPrice', line.unit_price, 'gross', line.gross,
          'minUnitPrice', line.min_unit_price, 'earnable', line.earnable, 'redeemable', line.redeemable,
          'discounts', line.discounts, 'goods', line.goods) order by line.number)
        from order_line as line
        where line.profile_id = chosen.profile_id and line.order_id = chosen.id) as lines
    from chosen
    join store on store.id = chosen.store_id
    join profile on profile.id = chosen.profile_id
    order by chosen.occurred_at, chosen.id`.execute(ctx.sql);
  return { orders, sampled };
}

function ofTime(storeIds: readonly string[], from: Date, to: Date) {
  return sql`store_id = any(${[...storeIds]}::uuid[]) and occurred_at >= ${from} and occurred_at < ${to}
    and state in ('COMMITTED', 'PARTIALLY_RETURNED')`;
}
