import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { ProductRecord } from './product-record.ts';

type Row = Selectable<Tables['product']> & { category: string | null; barcodes: string[] };

/** What a product is found by. */
export type ProductKey = { id: string } | { sku: string } | { barcode: string };

export async function findProduct(ctx: Context, key: ProductKey): Promise<ProductRecord | null> {
  const rows = selectProducts(ctx);
  if ('id' in key) return one(await rows.where('product.id', '=', key.id).execute());
  if ('sku' in key) return one(await rows.where('product.sku', '=', key.sku).execute());
  const owner = ctx.sql.selectFrom('product_barcode').select('product_id').where('barcode', '=', key.barcode);
  return one(await rows.where('product.id', 'in', owner).execute());
}

export async function readProductsById(
  ctx: Context,
  ids: readonly string[],
): Promise<(ProductRecord | null)[]> {
  const rows = await selectProducts(ctx)
    .where('product.id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, record(row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** One statement for all; a sku nobody has told of is missing from the answer. */
export async function productsBySku(
  ctx: Context,
  skus: readonly string[],
): Promise<Map<string, ProductRecord>> {
  if (skus.length === 0) return new Map();
  const rows = await selectProducts(ctx)
    .where('product.sku', 'in', [...skus])
    .execute();
  return new Map(rows.map((row) => [row.sku, record(row)]));
}

/** Whose these barcodes are. */
export async function barcodeOwners(ctx: Context, barcodes: readonly string[]): Promise<Map<string, string>> {
  if (barcodes.length === 0) return new Map();
  const rows = await ctx.sql
    .selectFrom('product_barcode')
    .innerJoin('product', 'product.id', 'product_barcode.product_id')
    .select(['product_barcode.barcode', 'product.sku'])
    .where('product_barcode.barcode', 'in', [...barcodes])
    .execute();
  return new Map(rows.map((row) => [row.barcode, row.sku]));
}

/** @param after sku of the last product of the page before */
export async function searchProducts(
  ctx: Context,
  search: string,
  limit: number,
  after: string | null,
): Promise<ProductRecord[]> {
  const text = search.trim().toLowerCase();
  let query = selectProducts(ctx)
    .orderBy(sql`product.sku collate "C"`)
    .limit(limit);
  if (after !== null) query = query.where(sql<boolean>`product.sku collate "C" > ${after}`);
  if (text !== '') {
    const pattern = text.replaceAll(/[\\%_]/g, '\\$&');
    const scanned = ctx.sql
      .selectFrom('product_barcode')
      .select('product_id')
      .where('barcode', 'like', `${pattern}%`);
    query = query.where((eb) =>
      eb.or([
        eb(eb.fn<string>('lower', ['product.name']), 'like', `%${pattern}%`),
        eb(eb.fn<string>('lower', ['product.sku']), 'like', `${pattern}%`),
        eb('product.id', 'in', scanned),
      ]),
    );
  }
  return (await query.execute()).map(record);
}

function selectProducts(ctx: Context) {
  return ctx.sql
    .selectFrom('product')
    .leftJoin('category', 'category.id', 'product.category_id')
    .selectAll('product')
    .select('category.code as category')
    .select(
      sql<
        string[]
      >`array(select barcode from product_barcode where product_id = product.id order by position)`.as(
        'barcodes',
      ),
    );
}

function one(rows: Row[]): ProductRecord | null {
  const [row] = rows;
  return row === undefined ? null : record(row);
}

function record(row: Row): ProductRecord {
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    category: row.category,
    brand: row.brand,
    price: row.price,
    oldPrice: row.old_price,
    url: row.url,
    imageUrl: row.image_url,
    earnable: row.earnable,
    redeemable: row.redeemable,
    minUnitPrice: row.min_unit_price,
    available: row.available,
    attributes: row.attributes,
    barcodes: row.barcodes,
  };
}
