import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { goodsFacts } from '../quote/basket.ts';
import type { Purchase } from './purchase.ts';
import { keptLines } from './marked-lines.sql.ts';
import { STANDING } from './purchases.sql.ts';

interface LineRow {
  sku: string;
  brand: string | null;
  categories: string[] | null;
  category: string | null;
  attributes: Record<string, unknown> | null;
  paid: number;
  keptMilli: number;
}

type PurchaseRow = Omit<Purchase, 'lines'> & { lines: LineRow[] };

/** All purchases of one shopper that stand, oldest first. */
export async function readPurchases(
  { sql: database }: Pick<Context, 'sql'>,
  profileId: string,
): Promise<Purchase[]> {
  const scope = { profiles: [profileId] };
  const { rows } = await sql<PurchaseRow>`
    select o.occurred_at as "occurredAt", store.time_zone as zone, store.code as store, o.channel, o.currency,
      o.to_pay - coalesce((select sum(r.money_back) from order_return r
        where r.profile_id = o.profile_id and r.order_id = o.id), 0)::bigint as paid,
      array(select distinct code.pool_id::text from promo_code_use used join promo_code code on code.id = used.code_id
        where used.order_id = o.id and used.state = 'USED') as "codePools",
      coalesce((select jsonb_agg(jsonb_build_object('sku', line.sku, 'brand', product.brand,
          'categories', category.path, 'category', category.code, 'attributes', product.attributes,
          'paid', line.paid, 'keptMilli', line.kept_milli))
        from (${keptLines(scope)}) line
        left join product on product.sku = line.sku left join category on category.id = product.category_id
        where line.order_id = o.id), '[]') as lines
    from orders o join store on store.id = o.store_id
    where o.profile_id = ${profileId} and o.state in ${STANDING}
    order by o.occurred_at, o.id`.execute(database);
  return rows.map(({ lines, ...purchase }) => ({
    ...purchase,
    lines: lines.map(({ paid, keptMilli, category, attributes, categories, ...line }) => ({
      goods: goodsFacts({
        ...line,
        categories: categories ?? [],
        attributes,
        tags: attributes?.['tags'] ?? null,
        priceType: attributes?.['priceType'] ?? null,
      }),
      category,
      paid,
      keptMilli,
    })),
  }));
}
