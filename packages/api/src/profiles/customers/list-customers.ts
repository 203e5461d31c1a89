import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { invalid, RequestError } from '../../platform/errors.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { isId } from '../../platform/ids.ts';
import { placeOf } from '../identities/place.ts';
import { NAME_KEY } from '../profile.entity.ts';
import { customerConditions, type CustomerFilter } from './customer-filter.ts';

export type CustomerSort = 'NEWEST' | 'OLDEST' | 'NAME';

export interface CustomersQuery {
  filter?: CustomerFilter | null | undefined;
  sort?: CustomerSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** A row of the list. Purchases of a caller bound to stores are those of its stores. */
export interface CustomerRow {
  id: string;
  /** What the list is ordered by, as text of full precision. */
  key: string;
  ordersCount: number;
  lastOrderAt: Date | null;
  /** Paid less what came back, minor units by currency. */
  spent: { currency: string; minor: number }[];
}

/** A till looks up one shopper at a time. @throws RequestError FORBIDDEN */
function forStaffAndPartners({ actor }: Context): void {
  if (actor.till !== null) throw new RequestError('FORBIDDEN', 'A till does not list people.');
}

/** People, one page, one statement; contacts and points are read for the whole page by those who show them. */
export async function listCustomers(ctx: Context, query: CustomersQuery): Promise<Page<CustomerRow>> {
  forStaffAndPartners(ctx);
  const size = pageSize(query.first);
  const sort = SORTS[query.sort ?? 'NEWEST'];
  const after = keysOf(query.after, 2);
  if (after !== null && !isPlace(after, query.sort ?? 'NEWEST'))
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this list.');
  const conditions = await conditionsOf(ctx, query.filter ?? {});
  const { rows } = await sql<CustomerRow>`
    select page.id, page.key, bought.*
    from (
      select p.id, ${sort.key} as key, row_number() over (order by ${sort.order}) as place
      from public.profile p
      where ${conditions} ${after === null ? sql`` : sort.from(after[0] ?? '', after[1] ?? '')}
      order by ${sort.order} limit ${size + 1}
    ) page
    cross join lateral (
      select coalesce(sum(one.count), 0)::int as "ordersCount", max(one.last) as "lastOrderAt",
        coalesce(jsonb_agg(jsonb_build_object('currency', one.currency, 'minor', one.paid - coalesce(back.sum, 0))
          order by one.paid desc) filter (where one.currency is not null), '[]') as spent
      from (
        select o.currency, count(*) as count, max(o.occurred_at) as last, sum(o.to_pay)::bigint as paid
        from public.orders o
        where o.profile_id = page.id and o.state in ('COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED')
          ${ofCallersStores(ctx, 'o')}
        group by o.currency
      ) one
      left join lateral (
        select sum(r.money_back)::bigint as sum from public.order_return r
        where r.profile_id = page.id and r.currency = one.currency and r.order_id is not null
          ${ofCallersStores(ctx, 'r')}
      ) back on true
    ) bought
    order by page.place`.execute(ctx.sql);
  return pageOf(rows, size, after !== null, ({ key, id }) => cursorOf(key, id));
}

/** Up to where people are counted: a larger number is told as more than this. */
export const MOST_COUNTED = 10_000;

/** @returns at most one more than `MOST_COUNTED` */
export async function countCustomers(ctx: Context, filter: CustomerFilter): Promise<number> {
  forStaffAndPartners(ctx);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from public.profile p where ${await conditionsOf(ctx, filter)} limit ${MOST_COUNTED + 1}
    ) found`.execute(ctx.sql);
  return rows[0]?.count ?? 0;
}

/** @throws InvalidInput */
async function conditionsOf(ctx: Context, filter: CustomerFilter) {
  const { birthMonth } = filter;
  if (typeof birthMonth === 'number' && (birthMonth < 1 || birthMonth > 12))
    throw new RequestError('BAD_REQUEST', invalid('filter.birthMonth', 'RANGE', 'is 1 to 12').message);
  const [{ country }, within, without] = await Promise.all([
    placeOf(ctx),
    segmentNumbers(ctx, filter, 'segmentId'),
    segmentNumbers(ctx, filter, 'notSegmentId'),
  ]);
  return customerConditions(ctx, filter, { country, within, without });
}

const MOST_SEGMENTS = 20;

/** Of the one that is named, and of a list of them. */
async function segmentNumbers(
  ctx: Context,
  filter: CustomerFilter,
  field: 'segmentId' | 'notSegmentId',
): Promise<number[]> {
  const { [field]: one, [`${field}s` as const]: several } = filter;
  if ((several?.length ?? 0) > MOST_SEGMENTS)
    throw new RequestError(
      'BAD_REQUEST',
      invalid(`filter.${field}s`, 'TOO_MANY', `at most ${MOST_SEGMENTS}`).message,
    );
  const named = [
    ...(one ? [segmentNumber(ctx, one, `filter.${field}`)] : []),
    ...(several ?? []).map((id, index) => segmentNumber(ctx, id, `filter.${field}s.${index}`)),
  ];
  return Promise.all(named);
}

/** A segment that is gone is told, rather than shown as a list of nobody. */
async function segmentNumber(ctx: Context, opaque: string, path: string): Promise<number> {
  if (!ctx.actor.scopes.has('segments.read'))
    throw new RequestError('FORBIDDEN', 'This caller does not see segments.');
  const id = localId(opaque, 'Segment');
  const { rows } = await sql<{ number: number }>`
    select number from public.segment where id = ${id} and archived_at is null`.execute(ctx.sql);
  if (rows[0] === undefined)
    throw new RequestError('BAD_REQUEST', invalid(path, 'UNKNOWN', 'is no segment').message);
  return rows[0].number;
}

interface Sort {
  key: RawBuilder<unknown>;
  order: RawBuilder<unknown>;
  from(key: string, id: string): RawBuilder<unknown>;
}

const CREATED = sql.raw(`to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
const NAME = sql.raw(NAME_KEY);

const SORTS: Record<CustomerSort, Sort> = {
  NEWEST: {
    key: CREATED,
    order: sql`p.created_at desc, p.id desc`,
    from: (key, id) => sql`and (p.created_at, p.id) < (${key}::timestamptz, ${id}::uuid)`,
  },
  OLDEST: {
    key: CREATED,
    order: sql`p.created_at, p.id`,
    from: (key, id) => sql`and (p.created_at, p.id) > (${key}::timestamptz, ${id}::uuid)`,
  },
  NAME: {
    key: NAME,
    order: sql`${NAME}, p.id`,
    from: (key, id) => sql`and (${NAME}, p.id) > (${key}, ${id}::uuid)`,
  },
};

function isPlace([key = '', id = '']: readonly string[], sort: CustomerSort): boolean {
  return isId(id) && (sort === 'NAME' ? !key.includes('\u0000') : !Number.isNaN(Date.parse(key)));
}

function ofCallersStores({ actor }: Context, table: 'o' | 'r') {
  return actor.storeIds === 'ALL'
    ? sql``
    : sql`and ${sql.ref(`${table}.store_id`)} = any(${[...actor.storeIds]}::uuid[])`;
}
