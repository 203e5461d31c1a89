import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';

/** One business day so far, in the zones of its stores. */
export interface DayFigures {
  receipts: number;
  /** Receipts of somebody known. */
  identified: number;
  /** Different people among them. */
  shoppers: number;
  pointsEarned: number;
  pointsSpent: number;
  /** Minor units, by currency. */
  paid: { currency: string; amount: number }[];
}

interface Row {
  day: 'TODAY' | 'WEEK_AGO';
  currency: string;
  receipts: number;
  identified: number;
  pointsEarned: number;
  pointsSpent: number;
  amount: number;
}

/**
 * Purchases of the same part of two days: today so far, and the same weekday a week ago up to the same time of day.
 * Returned purchases count as what they were; begun, cancelled and expired ones do not.
 * @param storeIds null: every store
 */
export async function dayFigures(
  { sql: db, clock }: Pick<Context, 'sql' | 'clock'>,
  storeIds: readonly string[] | null,
): Promise<{ today: DayFigures; weekAgo: DayFigures }> {
  const { rows } = await sql<Row>`
    with days as (${days(clock.now(), storeIds)})
    select day, o.currency, count(*) as receipts, count(o.identified_at) as identified,
      sum(o.earned) as "pointsEarned", sum(o.points_spent) as "pointsSpent", sum(o.to_pay) as amount
    from days join orders o on o.store_id = days.store_id and o.occurred_at >= days.begins and o.occurred_at <= days.ends
    where o.state in ('COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED')
    group by 1, 2 order by 2`.execute(db);
  const people = await sql<{ day: Row['day']; shoppers: number }>`
    with days as (${days(clock.now(), storeIds)})
    select day, count(distinct o.profile_id) as shoppers
    from days join orders o on o.store_id = days.store_id and o.occurred_at >= days.begins and o.occurred_at <= days.ends
    where o.state in ('COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED') and o.identified_at is not null
    group by 1`.execute(db);
  const of = (day: Row['day']) =>
    summed(
      rows.filter((row) => row.day === day),
      people.rows.find((row) => row.day === day)?.shoppers ?? 0,
    );
  return { today: of('TODAY'), weekAgo: of('WEEK_AGO') };
}

function days(now: Date, storeIds: readonly string[] | null) {
  return sql`
    select s.id as store_id, d.day, (date_trunc('day', local.at) - d.back) at time zone s.time_zone as begins,
      (local.at - d.back) at time zone s.time_zone as ends
    from store s
    cross join lateral (select ${now}::timestamptz at time zone s.time_zone as at) local
    cross join (values ('TODAY', interval '0'), ('WEEK_AGO', interval '7 days')) as d(day, back)
    where ${storeIds === null} or s.id = any(${storeIds === null ? [] : [...storeIds]}::uuid[])`;
}

function summed(rows: readonly Row[], shoppers: number): DayFigures {
  const sum = (key: 'receipts' | 'identified' | 'pointsEarned' | 'pointsSpent') =>
    rows.reduce((total, row) => total + Number(row[key]), 0);
  return {
    receipts: sum('receipts'),
    identified: sum('identified'),
    shoppers: Number(shoppers),
    pointsEarned: sum('pointsEarned'),
    pointsSpent: sum('pointsSpent'),
    paid: rows.map(({ currency, amount }) => ({ currency, amount: Number(amount) })),
  };
}

/** People who bought in the 30 days before `until`. */
export async function activeShoppers(
  { sql: db }: Pick<Context, 'sql'>,
  storeIds: readonly string[] | null,
  until: Date,
): Promise<number> {
  const since = new Date(until.getTime() - 30 * 86_400_000);
  const { rows } = await sql<{ count: number }>`
    select count(distinct profile_id)::int as count from orders
    where store_id in (select id from store
        where ${storeIds === null} or id = any(${storeIds === null ? [] : [...storeIds]}::uuid[]))
      and occurred_at > ${since} and occurred_at <= ${until}
      and identified_at is not null and state in ('COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED')`.execute(db);
  return rows[0]?.count ?? 0;
}

export interface Liability {
  program: string;
  /** Points the company owes: active, pending and promised to begun orders, less what shoppers owe. */
  points: number;
}

export async function liabilities({ sql: db }: Pick<Context, 'sql'>): Promise<Liability[]> {
  const { rows } = await sql<Liability>`
    select p.name as program, coalesce(sum(a.active + a.pending + a.held + a.debt), 0)::bigint as points
    from program p left join loyalty_account a on a.program_id = p.id group by p.id, p.name order by p.name`.execute(
    db,
  );
  return rows.map(({ program, points }) => ({ program, points: Number(points) }));
}
