import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

export interface ResultMoney {
  currency: string;
  /** Minor units taken off, and paid for the purchases that got it. */
  discount: number;
  revenue: number;
}

export interface ResultDay {
  /** Of the brand's first store. YYYY-MM-DD */
  day: string;
  uses: number;
  points: number;
  money: ResultMoney[];
}

/** What became of a promotion in a time; purchases that came back whole are left out. */
export interface PromotionResults {
  /** Purchases that got it. */
  uses: number;
  /** Different known shoppers among them. */
  buyers: number;
  /** Points it added, as they were calculated. */
  points: number;
  money: ResultMoney[];
  /** Days with at least one, in order. */
  byDay: ResultDay[];
}

export interface ResultsPeriod {
  from: Date | null;
  to: Date | null;
}

interface DayRow {
  promotionId: string;
  day: string;
  currency: string;
  uses: number;
  points: number;
  discount: number;
  revenue: number;
}

const ALWAYS = { from: new Date('0001-01-01T00:00:00Z'), to: new Date('9999-01-01T00:00:00Z') };

/** For several promotions at once, in the stores the caller sees: two statements. @returns in the order of the ids */
export async function readResults(
  ctx: Pick<Context, 'sql' | 'actor'>,
  ids: readonly string[],
  { from, to }: ResultsPeriod,
): Promise<PromotionResults[]> {
  const time = sql`use.promotion_id = any(${[...ids]}::uuid[]) and use.occurred_at >= ${from ?? ALWAYS.from}
    and use.occurred_at < ${to ?? ALWAYS.to} and use.returned_at is null
    and ${inStores(ctx.actor.storeIds)}`;
  const [days, buyers] = await Promise.all([
    sql<DayRow>`
      select use.promotion_id as "promotionId", use.currency,
        to_char(use.occurred_at at time zone store.time_zone, 'YYYY-MM-DD') as day,
        count(*)::int as uses, sum(use.points)::bigint as points, sum(use.discount)::bigint as discount,
        coalesce(sum(orders.to_pay), 0)::bigint as revenue
      from promotion_use as use
      join store on store.id = use.store_id
      left join orders on orders.profile_id = use.profile_id and orders.id = use.order_id
      where ${time} group by 1, 2, 3 order by 3, 2`.execute(ctx.sql),
    sql<{ promotionId: string; buyers: number }>`
      select use.promotion_id as "promotionId", count(distinct use.profile_id)::int as buyers
      from promotion_use as use where ${time} and use.known group by 1`.execute(ctx.sql),
  ]);
  const byId = new Map(buyers.rows.map((row) => [row.promotionId, row.buyers]));
  return ids.map((id) => {
    const rows = days.rows.filter(({ promotionId }) => promotionId === id);
    return {
      uses: sum(rows, 'uses'),
      buyers: byId.get(id) ?? 0,
      points: sum(rows, 'points'),
      money: moneyOf(rows),
      byDay: [...Map.groupBy(rows, ({ day }) => day)].map(([day, ofDay]) => ({
        day,
        uses: sum(ofDay, 'uses'),
        points: sum(ofDay, 'points'),
        money: moneyOf(ofDay),
      })),
    };
  });
}

function inStores(storeIds: Context['actor']['storeIds']) {
  return storeIds === 'ALL' ? sql`true` : sql`use.store_id = any(${[...storeIds]}::uuid[])`;
}

function moneyOf(rows: readonly DayRow[]): ResultMoney[] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    discount: sum(own, 'discount'),
    revenue: sum(own, 'revenue'),
  }));
}

function sum(rows: readonly DayRow[], column: 'uses' | 'points' | 'discount' | 'revenue'): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}
