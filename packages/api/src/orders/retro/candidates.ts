import { sql } from 'kysely';
import type { ProgramRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Known, KnownShopper } from '../records/purchases/known-orders.ts';
import type { PastOrder, RetroParameters } from './retro.ts';

/** Purchases of some customers that got no points, and what decides what they earn. */
export interface CandidateBatch {
  /** The last customer looked at: the next batch goes on from there. */
  last: string;
  /** By customer, each oldest first. */
  orders: ReadonlyMap<string, PastOrder[]>;
  shoppers: Known['shoppers'];
}

/** Few enough that a till never waits long for one of their accounts. */
const CUSTOMERS = 50;

/** Customers in the order of their ids; null: there are no more. */
export async function nextCandidates(
  ctx: Context,
  program: ProgramRecord,
  parameters: RetroParameters,
  after: string,
): Promise<CandidateBatch | null> {
  const { rows } = await sql<{ id: string; profileId: string }>`
    with customer as (
      select distinct o.profile_id from public.orders o
      where o.profile_id > ${after}::uuid and ${candidate(program, parameters)}
      order by o.profile_id limit ${CUSTOMERS}
    )
    select o.id, o.profile_id as "profileId" from customer join public.orders o on o.profile_id = customer.profile_id
    where ${candidate(program, parameters)}`.execute(ctx.sql);
  const last = rows.reduce((most, { profileId }) => (profileId > most ? profileId : most), '');
  if (last === '') return null;
  const { orders, shoppers } = await readFacts(ctx, program, rows);
  const inTime = orders.toSorted(
    (one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || (one.id < other.id ? -1 : 1),
  );
  return {
    last,
    orders: Map.groupBy(inTime, ({ profileId }) => profileId),
    shoppers: new Map(shoppers.map((shopper) => [shopper.profileId, shopper])),
  };
}

/** Sold to somebody known, never earned anything, and not because a limit said so. */
function candidate(program: ProgramRecord, { from, to, sources, storeIds }: RetroParameters) {
  return sql`o.identified_at is not null and o.state in ('COMMITTED', 'PARTIALLY_RETURNED')
    and o.earned = 0 and o.planned_earn = 0 and o.occurred_at >= ${from}::timestamptz and o.occurred_at < ${to}::timestamptz
    and (o.program_id is null or o.program_id = ${program.id})
    and (${sources}::text[] is null or o.source = any(${sources}::text[]))
    and o.store_id in (select id from public.store where brand_id = ${program.brandId}
      and (${storeIds}::uuid[] is null or id = any(${storeIds}::uuid[])))
    and exists (select from public.profile where id = o.profile_id and kind = 'PERSON' and erased_at is null)
    and not exists (select from public.retro_grant granted
      where granted.profile_id = o.profile_id and granted.order_id = o.id and stands)`;
}

async function readFacts(
  ctx: Context,
  program: ProgramRecord,
  found: readonly { id: string; profileId: string }[],
): Promise<{ orders: PastOrder[]; shoppers: KnownShopper[] }> {
  const accounts = [...new Set(found.map(({ profileId }) => profileId))].map((profileId) => ({
    profileId,
    programId: program.id,
  }));
  const { rows } = await sql<{ orders: PastOrder[]; shoppers: KnownShopper[] }>`
    select public.retro_facts(${found.map(({ profileId }) => profileId)}::uuid[], ${found.map(({ id }) => id)}::uuid[]) as orders,
      public.shoppers_of(${JSON.stringify(accounts)}::jsonb) as shoppers`.execute(ctx.sql);
  return rows[0] ?? { orders: [], shoppers: [] };
}

/** How many customers there are to look at: for the progress. */
export async function countCandidates(
  ctx: Context,
  program: ProgramRecord,
  parameters: RetroParameters,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct o.profile_id)::int as count from public.orders o where ${candidate(program, parameters)}`.execute(
    ctx.sql,
  );
  return rows[0]?.count ?? 0;
}
