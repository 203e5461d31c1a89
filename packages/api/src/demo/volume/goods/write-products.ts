import { upsertProducts } from '../../../catalog/index.ts';
import type { Context } from '../../../platform/context.ts';
import type { VolumeProduct } from './catalogue.ts';

const AT_ONCE = 500;
const SOURCE = 'stores';

/** Codes from the root down of a category by its names. */
export type CategoryCodes = (path: readonly string[]) => readonly string[];

/** In roubles and in tenge: a price belongs to its currency. */
export async function writeProducts(
  ctx: Context,
  products: readonly VolumeProduct[],
  onProgress: (done: number) => void,
): Promise<CategoryCodes> {
  for (const [round, currency] of (['RUB', 'KZT'] as const).entries())
    for (let from = 0; from < products.length; from += AT_ONCE) {
      const { results } = await upsertProducts(ctx, {
        source: SOURCE,
        products: products.slice(from, from + AT_ONCE).map((product) => record(product, currency)),
      });
      const wrong = results.find(({ problems }) => problems.length > 0);
      if (wrong !== undefined) throw new Error(`a product was ${wrong.status}: ${JSON.stringify(wrong)}`);
      onProgress((round * products.length + from + results.length) / 2);
    }
  const rows = await ctx.sql.selectFrom('category').select(['code', 'path']).execute();
  const paths = new Map(rows.map(({ code, path }) => [code, path]));
  return (path) => paths.get(path.join('/')) ?? path.map((_, depth) => path.slice(0, depth + 1).join('/'));
}

function record(product: VolumeProduct, currency: 'RUB' | 'KZT') {
  return {
    sku: product.sku,
    name: product.name,
    barcodes: [product.barcode],
    categoryPath: product.categoryPath,
    brand: product.brand,
    price: `${product.prices[currency]}.00`,
    currency,
    attributes: { color: product.color, size: product.size, season: product.season },
    available: true,
  };
}
