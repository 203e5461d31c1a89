import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Category } from './category.entity.ts';

/** Minor units by ISO currency. */
export type PriceByCurrency = Record<string, number>;

/** Something that is sold, by the name tills and shops know it by. */
export const Product = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    id: p.uuid().primary(),
    sku: p.string().columnType('text').unique(),
    name: p.string().columnType('text'),
    category: () => p.manyToOne(Category).nullable().index().updateRule('no action').deleteRule('no action'),
    brand: p.string().columnType('text').nullable(),
    price: p.json<PriceByCurrency>().columnType('jsonb').defaultRaw("'{}'"),
    oldPrice: p.json<PriceByCurrency>().columnType('jsonb').defaultRaw("'{}'"),
    url: p.string().columnType('text').nullable(),
    imageUrl: p.string().columnType('text').nullable(),
    /** Whether it earns and may be paid by points; null: what its kind of line says. */
    earnable: p.boolean().nullable(),
    redeemable: p.boolean().nullable(),
    /** Below which points never bring one piece; a missing currency: the program's. */
    minUnitPrice: p.json<PriceByCurrency>().columnType('jsonb').defaultRaw("'{}'"),
    available: p.boolean().default(true),
    attributes: p.json<Record<string, unknown>>().columnType('jsonb').defaultRaw("'{}'"),
    /** Source that wrote it last. */
    source: p.string().columnType('text'),
    updatedAt: p.datetime(),
  },
});

/** Which product a barcode is on. */
export const ProductBarcode = defineEntity({
  name: 'ProductBarcode',
  tableName: 'product_barcode',
  properties: {
    barcode: p.string().columnType('text').primary(),
    product: () => p.manyToOne(Product).index().updateRule('no action').deleteRule('no action'),
    position: p.integer(),
  },
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    product: InferKyselyTable<typeof Product>;
    product_barcode: InferKyselyTable<typeof ProductBarcode>;
  }
}
