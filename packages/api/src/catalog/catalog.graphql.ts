import { formatMoney } from '@clientele/shared/money';
import { builder } from '../platform/graphql/builder.ts';
import { localId } from '../platform/graphql/global-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../platform/graphql/paging.ts';
import { RecordStatusType } from '../platform/graphql/record-status.ts';
import { InputProblemType } from '../platform/graphql/refusal.ts';
import { IdempotencyConflict, InvalidInput } from '../platform/errors.ts';
import { ProductType as Product } from './catalog.types.ts';
import { readHomeCurrency } from './home-currency.ts';
import { findProduct, searchProducts, type ProductKey } from './products.sql.ts';
import { upsertProducts, type ProductsUpserted, type UpsertedProduct } from './upsert-products.ts';

builder.objectType(Product, {
  name: 'Product',
  fields: (t) => ({
    sku: t.exposeString('sku'),
    name: t.exposeString('name'),
    barcodes: t.exposeStringList('barcodes'),
    price: t.field({
      type: 'Money',
      nullable: true,
      description: "In the currency of the caller's store, else of the company's first store.",
      resolve: async (product, _args, ctx) => {
        const currency = ctx.actor.till?.currency ?? (await readHomeCurrency(ctx));
        const price = product.price[currency];
        return price === undefined ? null : formatMoney(price, currency);
      },
    }),
    category: t.exposeString('category', { nullable: true }),
    brand: t.exposeString('brand', { nullable: true }),
    available: t.exposeBoolean('available'),
  }),
});

const ProductRef = builder.inputType('ProductRef', {
  isOneOf: true,
  fields: (t) => ({ id: t.id(), sku: t.string(), barcode: t.string() }),
});

const ProductEdge = builder.edgeObject({ name: 'ProductEdge', type: Product });
const ProductConnection = builder.connectionObject({ name: 'ProductConnection', type: Product }, ProductEdge);

builder.queryField('product', (t) =>
  t.field({
    type: Product,
    nullable: true,
    authScopes: { can: 'products.read' },
    args: { ref: t.arg({ type: ProductRef, required: true }) },
    resolve: async (_root, { ref }, ctx) => {
      const key = keyOf(ref);
      return key === null ? null : findProduct(ctx, key);
    },
  }),
);

function keyOf(ref: { id?: unknown; sku?: string | null; barcode?: string | null }): ProductKey | null {
  if (typeof ref.sku === 'string') return { sku: ref.sku };
  if (typeof ref.barcode === 'string') return { barcode: ref.barcode };
  const id = localId(String(ref.id), 'Product');
  return id === null ? null : { id };
}

builder.queryField('products', (t) =>
  t.field({
    type: ProductConnection,
    authScopes: { can: 'products.read' },
    args: { search: t.arg.string(), first: t.arg.int(), after: t.arg.string() },
    complexity: pageCost,
    resolve: async (_root, { search, first, after }, ctx) => {
      const size = pageSize(first);
      const key = keysOf(after, 1)?.[0] ?? null;
      const rows = await searchProducts(ctx, search ?? '', size + 1, key);
      return pageOf(rows, size, key !== null, (product) => cursorOf(product.sku));
    },
  }),
);

const ProductInput = builder.inputType('ProductInput', {
  fields: (t) => ({
    sku: t.string({ required: true }),
    name: t.string(),
    barcodes: t.stringList(),
    categoryPath: t.stringList(),
    brand: t.string(),
    price: t.field({ type: 'Money' }),
    oldPrice: t.field({ type: 'Money' }),
    currency: t.field({ type: 'CurrencyCode' }),
    url: t.string(),
    imageUrl: t.string(),
    attributes: t.field({ type: 'JSON' }),
    earnable: t.boolean(),
    redeemable: t.boolean(),
    minUnitPrice: t.field({ type: 'Money' }),
    available: t.boolean(),
  }),
});

const UpsertProductsInput = builder.inputType('UpsertProductsInput', {
  fields: (t) => ({
    requestId: t.id(),
    source: t.string({ required: true }),
    products: t.field({ type: [ProductInput], required: true }),
  }),
});

const Upserted = builder.objectRef<UpsertedProduct>('UpsertedProduct').implement({
  fields: (t) => ({
    sku: t.exposeString('sku'),
    status: t.field({ type: RecordStatusType, resolve: (result) => result.status }),
    product: t.field({ type: Product, nullable: true, resolve: (result) => result.productId }),
    problems: t.field({ type: [InputProblemType], resolve: (result) => result.problems }),
  }),
});

const ProductsUpsertedType = builder.objectRef<ProductsUpserted>('ProductsUpserted').implement({
  fields: (t) => ({ results: t.field({ type: [Upserted], resolve: (answer) => answer.results }) }),
});

const UpsertProductsResult = builder.errorUnion('UpsertProductsResult', {
  types: [ProductsUpsertedType, IdempotencyConflict, InvalidInput],
});

builder.mutationField('upsertProducts', (t) =>
  t.field({
    type: UpsertProductsResult,
    authScopes: { can: 'products.write' },
    args: { input: t.arg({ type: UpsertProductsInput, required: true }) },
    resolve: (_root, { input }, ctx) =>
      upsertProducts(ctx, { ...input, requestId: input.requestId === null ? null : input.requestId }),
  }),
);
