export { ProductType } from './catalog.types.ts';
export type { ProductInput } from './product-patch.ts';
export { productsBySku } from './products.sql.ts';
export type { ProductRecord } from './product-record.ts';
export { upsertProducts } from './upsert-products.ts';
export type { ProductsUpserted, UpsertProducts, UpsertedProduct } from './upsert-products.ts';
export { goodsMatch } from './goods-match.sql.ts';
