import { sql, type SelectQueryBuilder } from 'kysely';
import { demandScope, readBrands } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tables } from '../../../platform/database/tables.ts';
import type { PoolRow } from './lock-pool.ts';
import type { BatchKind } from './promo-code-pool.entity.ts';

export interface PoolFilter {
  brandId?: string | null;
  promotionId?: string | null;
  /** Part of the name. */
  search?: string | null;
  archived?: boolean;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Of the caller's brands, the newest first. @throws RequestError FORBIDDEN */
export async function readPools(
  ctx: Context,
  { brandId, promotionId, search, archived = false }: PoolFilter,
  { limit, after }: { limit: number; after: readonly [createdAt: string, id: string] | null },
): Promise<PoolRow[]> {
  let query = (await visiblePools(ctx)).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (!archived) query = query.where('archived_at', 'is', null);
  if (brandId) query = query.where('brand_id', '=', brandId);
  if (promotionId) query = query.where('promotion_id', '=', promotionId);
  if (search?.trim())
    query = query.where('name', 'ilike', `%${search.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  if (after)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query.execute();
}

/** In any order; those of other brands are missing. */
export async function readPoolsById(ctx: Context, ids: readonly string[]): Promise<PoolRow[]> {
  return (await visiblePools(ctx)).where('id', 'in', [...ids]).execute();
}

async function visiblePools(ctx: Context): Promise<SelectQueryBuilder<Tables, 'promo_code_pool', PoolRow>> {
  demandScope(ctx, 'offers.read');
  const brands = (await readBrands(ctx, { archived: true })).map(({ id }) => id);
  return ctx.sql
    .selectFrom('promo_code_pool')
    .selectAll()
    .where('brand_id', 'in', [...brands, NOBODY]);
}

export interface CodeCounts {
  total: number;
  free: number;
  issued: number;
  held: number;
  /** SINGLE_USE: used codes; GENERIC: times they were used. */
  used: number;
  expired: number;
  cancelled: number;
}

const NONE: CodeCounts = { total: 0, free: 0, issued: 0, held: 0, used: 0, expired: 0, cancelled: 0 };

/** As it stands at this moment, whatever has run out. By pool. */
export async function countCodes(ctx: Context, poolIds: readonly string[]): Promise<Map<string, CodeCounts>> {
  const now = ctx.clock.now();
  const { rows } = await sql<CodeCounts & { id: string }>`
    select pool.id, counted.total::integer, counted.free::integer, counted.issued::integer, counted.expired::integer,
      counted.cancelled::integer,
      (case when pool.kind = 'GENERIC' then uses.held else counted.held end)::integer as held,
      (case when pool.kind = 'GENERIC' then uses.used else counted.used end)::integer as used
    from public.promo_code_pool pool
    cross join lateral (
      select count(*) as total,
        count(*) filter (where state = 'CANCELLED') as cancelled,
        count(*) filter (where state = 'USED') as used,
        count(*) filter (where open and over) as expired,
        count(*) filter (where open and not over and promised) as held,
        count(*) filter (where open and not over and not promised and issued_at is null) as free,
        count(*) filter (where open and not over and not promised and issued_at is not null) as issued
      from (
        select state, issued_at, state in ('FREE', 'ISSUED', 'HELD') as open,
          coalesce(coalesce(expires_at, pool.valid_to) <= ${now}, false) as over,
          coalesce(state = 'HELD' and held_until > ${now}, false) as promised
        from public.promo_code where pool_id = pool.id) judged) counted
    left join lateral (
      select count(*) filter (where used.state = 'USED') as used,
        count(*) filter (where used.state = 'HELD' and used.held_until > ${now}) as held
      from public.promo_code code join public.promo_code_use used on used.code_id = code.id
      where code.pool_id = pool.id and pool.kind = 'GENERIC') uses on true
    where pool.id = any(${[...poolIds]}::uuid[])`.execute(ctx.sql);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** In the order of the ids. */
export async function countsOf(ctx: Context, poolIds: readonly string[]): Promise<CodeCounts[]> {
  const counts = await countCodes(ctx, poolIds);
  return poolIds.map((id) => counts.get(id) ?? NONE);
}

export interface BatchRecord {
  id: string;
  kind: BatchKind;
  codes: number;
  refused: number;
  fileId: string | null;
  createdBy: string | null;
  createdAt: Date;
}

const SHOWN_BATCHES = 100;

/** The newest first. */
export async function batchesOf(ctx: Context, poolId: string): Promise<BatchRecord[]> {
  return ctx.sql
    .selectFrom('promo_code_batch')
    .select([
      'id',
      'kind',
      'codes',
      'refused',
      'file_id as fileId',
      'created_by as createdBy',
      'created_at as createdAt',
    ])
    .where('pool_id', '=', poolId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN_BATCHES)
    .execute();
}

/** The words of a generic pool, as they are printed. */
export async function wordsOf(ctx: Context, poolId: string): Promise<string[]> {
  const rows = await ctx.sql
    .selectFrom('promo_code')
    .select('code')
    .where('pool_id', '=', poolId)
    .where('state', '<>', 'CANCELLED')
    .orderBy('created_at')
    .orderBy('code')
    .limit(SHOWN_BATCHES)
    .execute();
  return rows.map(({ code }) => code);
}
