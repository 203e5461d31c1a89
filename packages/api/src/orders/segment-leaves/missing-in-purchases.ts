import type { PurchaseFilter } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { isId } from '../../platform/ids.ts';
import type { Missing, Surroundings } from '../../segments/index.ts';

type Reading = Pick<Context, 'sql'>;

/** What filters of purchases name that is not there: stores, categories, goods, brands, series of codes. */
export async function missingInPurchases(
  ctx: Reading,
  filters: readonly (PurchaseFilter | undefined)[],
  { stores }: Surroundings,
): Promise<Missing[]> {
  const named = filters.filter((filter) => filter !== undefined);
  const goods = named.flatMap((filter) => [filter.goods?.only ?? {}, filter.goods?.except ?? {}]);
  const unknownStores = listed(named.map((filter) => filter.stores)).filter((code) => !stores.has(code));
  return [
    ...as('STORE', unknownStores),
    ...as('CATEGORY', await unknown(listed(goods.map(({ categories }) => categories)), categoriesOf(ctx))),
    ...as('PRODUCT', await unknown(listed(goods.map(({ skus }) => skus)), soldOrKnown(ctx))),
    ...as('BRAND', await unknown(listed(goods.map(({ brands }) => brands)), brandsOf(ctx))),
    ...as('POOL', await unknown(listed(named.map(({ codePools }) => codePools)), poolsOf(ctx))),
  ];
}

type Known = (values: string[]) => Promise<readonly string[]>;

async function unknown(values: string[], known: Known): Promise<string[]> {
  if (values.length === 0) return [];
  const there = new Set(await known(values));
  return values.filter((value) => !there.has(value));
}

function listed(lists: readonly (readonly string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

function as(kind: string, values: readonly string[]): Missing[] {
  return values.map((value) => ({ kind, value }));
}

function categoriesOf(ctx: Reading): Known {
  return async (codes) => {
    const rows = await ctx.sql.selectFrom('category').select('code').where('code', 'in', codes).execute();
    return rows.map(({ code }) => code);
  };
}

function brandsOf(ctx: Reading): Known {
  return async (brands) => {
    const rows = await ctx.sql
      .selectFrom('product')
      .select('brand')
      .distinct()
      .where('brand', 'in', brands)
      .execute();
    return rows.flatMap(({ brand }) => brand ?? []);
  };
}

/** Goods may be sold that no catalogue tells of; only for those that it does not know the lines are looked through. */
function soldOrKnown(ctx: Reading): Known {
  return async (skus) => {
    const rows = await ctx.sql.selectFrom('product').select('sku').where('sku', 'in', skus).execute();
    const known = rows.map(({ sku }) => sku);
    const others = skus.filter((sku) => !known.includes(sku));
    if (others.length === 0) return known;
    const { rows: sold } = await sql<{ sku: string }>`
      select distinct sku from order_line where sku = any(${others}::text[])`.execute(ctx.sql);
    return [...known, ...sold.map(({ sku }) => sku)];
  };
}

function poolsOf(ctx: Reading): Known {
  return async (pools) => {
    const ids = pools.filter((id) => isId(id.toLowerCase()));
    if (ids.length === 0) return [];
    const { rows } = await sql<{ id: string }>`
      select named as id from unnest(${ids}::text[]) as named
      where exists (select from promo_code_pool pool where pool.id = named::uuid)`.execute(ctx.sql);
    return rows.map(({ id }) => id);
  };
}
