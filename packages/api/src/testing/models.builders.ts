import { sql } from 'kysely';
import { globalId } from '../platform/graphql/global-id.ts';
import { newId } from '../platform/ids.ts';
import type { Context } from '../platform/context.ts';
import type { RfmBounds, RfmScale } from '../segments/index.ts';
import { aMember, type Shop } from './orders.builders.ts';
import { aRecord, record } from './records.builders.ts';

export interface Bought {
  /** Before the clock's now; parts of a day too. */
  daysAgo: number;
  /** "1000.00" where absent. */
  price?: string;
  sku?: string;
  quantity?: string;
}

export const DAY = 86_400_000;

export function ago(ctx: Context, days: number): Date {
  return new Date(ctx.clock.now().getTime() - days * DAY);
}

/** A shopper with purchases; numbers of orders are `<shopper>-0`, `-1` … of the source `web-<code of the store>`. */
export async function aBuyer(
  ctx: Context,
  shop: Shop,
  bought: readonly Bought[],
  { knownDays = 1_000 }: { knownDays?: number } = {},
): Promise<string> {
  const shopper = await aMember(ctx, shop);
  await ctx.sql
    .updateTable('profile')
    .set({ created_at: ago(ctx, knownDays) })
    .where('id', '=', shopper)
    .execute();
  const orders = bought.map(({ daysAgo, price = '1000.00', sku = 'goods', quantity = '1' }, index) =>
    aRecord(shop, {
      externalId: `${shopper}-${index}`,
      occurredAt: ago(ctx, daysAgo),
      profile: { id: globalId('Profile', shopper) },
      lines: [{ sku, quantity, unitPrice: price }],
    }),
  );
  if (orders.length > 0) await record(ctx, `web-${shop.storeCode}`, ...orders);
  return shopper;
}

/** A product of a category and a brand, of such colours. */
export async function someGoods(
  ctx: Context,
  { sku, category, brand, colors }: { sku: string; category: string; brand: string; colors: string[] },
): Promise<void> {
  const now = ctx.clock.now();
  await sql`insert into category (id, code, name, path) values (${newId()}, ${category}, ${category}, ${[category]}::text[])
    on conflict do nothing`.execute(ctx.sql);
  await sql`insert into product (id, sku, name, category_id, brand, attributes, source, updated_at)
    select ${newId()}, ${sku}, ${sku}, id, ${brand}, ${JSON.stringify({ color: colors })}::jsonb, 'test', ${now}
    from category where code = ${category}`.execute(ctx.sql);
}

export const BOUNDS: RfmBounds = {
  recency: [10, 30, 90, 365],
  frequency: [2, 3, 5, 9],
  monetary: [100_000, 300_000, 500_000, 900_000],
};

/** A model that is computed, with such bounds. @returns its id */
export async function aModel(ctx: Context, facts: Partial<RfmScale> = {}): Promise<string> {
  const id = newId();
  const now = ctx.clock.now();
  const scale: RfmScale = { window: { kind: 'ALWAYS' }, currency: 'RUB', bounds: BOUNDS, ...facts };
  await sql`insert into rfm_model (id, name, method, "window", currency, thresholds, scale, computed_at, created_at, updated_at)
    values (${id}, ${id}, 'THRESHOLDS', ${JSON.stringify(scale.window)}::jsonb, ${scale.currency},
      ${JSON.stringify(scale.bounds)}::jsonb, ${JSON.stringify(scale)}::jsonb, ${now}, ${now}, ${now})`.execute(
    ctx.sql,
  );
  return id;
}
