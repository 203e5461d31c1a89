import { mayWriteAs } from '../company/index.ts';
import { invalid, type InputProblem } from '../platform/errors.ts';
import type { Context } from '../platform/context.ts';
import { callFunction } from '../platform/database/call-function.ts';
import { hashContent, idempotently } from '../platform/database/idempotent.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import { newId } from '../platform/ids.ts';
import { reportIntake } from '../platform/intake/index.ts';
import { readHomeCurrency } from './home-currency.ts';
import { parseProduct, type ProductInput, type ProductPatch } from './product-patch.ts';
import { newProduct, patchProduct, type ProductRecord } from './product-record.ts';
import { barcodeOwners, productsBySku } from './products.sql.ts';

export interface UpsertProducts {
  requestId?: string | null | undefined;
  source: string;
  products: readonly ProductInput[];
}

export interface UpsertedProduct {
  sku: string;
  status: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'CONFLICT' | 'REJECTED';
  productId: string | null;
  problems: InputProblem[];
}

export interface ProductsUpserted {
  __typename: 'ProductsUpserted';
  results: UpsertedProduct[];
}

const MAX_RECORDS = 1_000;

/**
 * Creates and changes products, each judged on its own: a wrong one never stops its neighbours, and of two with one
 * sku the second is judged against the first.
 * @throws InvalidInput for the call as a whole @throws IdempotencyConflict
 */
export async function upsertProducts(ctx: Context, input: UpsertProducts): Promise<ProductsUpserted> {
  if (input.products.length > MAX_RECORDS) {
    throw invalid('products', 'TOO_MANY', `at most ${MAX_RECORDS} a call`);
  }
  requireSource(ctx, input.source);
  const work = (tx: Context): Promise<ProductsUpserted> => writeProducts(tx, input);
  if (input.requestId === null || input.requestId === undefined) return inTransaction(ctx, work);
  const { requestId, ...content } = input;
  const key = {
    scope: `source:${input.source}`,
    operation: 'upsertProducts',
    requestId,
    contentHash: hashContent(content),
  };
  return idempotently(ctx, key, work);
}

function requireSource(ctx: Context, source: string): void {
  if (source.trim() === '' || source.length > 100) {
    throw invalid('source', source.trim() === '' ? 'REQUIRED' : 'RANGE', 'names the system that writes');
  }
  if (!mayWriteAs(ctx.actor, source)) throw invalid('source', 'UNKNOWN', 'is not a source of this caller');
}

async function writeProducts(tx: Context, input: UpsertProducts): Promise<ProductsUpserted> {
  await callFunction(tx.sql, 'lock_catalog', {});
  const currency = await readHomeCurrency(tx);
  const parsed = input.products.map((product) => parseProduct(product, currency));
  const sound = parsed.filter(({ problems }) => problems.length === 0).map(({ patch }) => patch);
  const known = await productsBySku(tx, [...new Set(sound.map(({ sku }) => sku))]);
  const owners = await barcodeOwners(tx, [...new Set(sound.flatMap(({ barcodes }) => barcodes ?? []))]);
  const changed = new Map<string, ProductRecord>();
  const paths = new Map<string, string[]>();
  const results = parsed.map(({ patch, problems }) => {
    if (problems.length > 0) return refused(patch.sku, 'REJECTED', problems);
    return judge(patch, known, owners, changed, paths);
  });
  if (changed.size > 0) {
    await callFunction(tx.sql, 'upsert_products', {
      now: tx.clock.now(),
      source: input.source,
      categories: [...paths.values()].toSorted((a, b) => a.length - b.length).map(categoryRow),
      products: [...changed.values()],
    });
  }
  await reportIntake(tx, {
    kind: 'PRODUCTS',
    source: input.source,
    records: results.map(({ sku, status, problems: wrong }, index) => ({
      key: sku,
      status,
      problems: wrong,
      input: input.products[index],
    })),
  });
  return { __typename: 'ProductsUpserted', results };
}

/** Keeps the state after each record in `known`, `owners` and `changed`: the next one is judged against it. */
function judge(
  patch: ProductPatch,
  known: Map<string, ProductRecord>,
  owners: Map<string, string>,
  changed: Map<string, ProductRecord>,
  paths: Map<string, string[]>,
): UpsertedProduct {
  const before = known.get(patch.sku);
  const taken = (patch.barcodes ?? []).filter((code) => (owners.get(code) ?? patch.sku) !== patch.sku);
  if (taken.length > 0) return refused(patch.sku, 'CONFLICT', taken.map(takenBarcode));
  const after = patchProduct(before ?? newProduct(newId(), patch.sku), patch);
  if (before !== undefined && hashContent(before) === hashContent(after)) {
    return { sku: patch.sku, status: 'UNCHANGED', productId: before.id, problems: [] };
  }
  for (const code of before?.barcodes ?? []) owners.delete(code);
  for (const code of after.barcodes) owners.set(code, patch.sku);
  (patch.categoryPath ?? []).forEach((_name, index, path) => {
    const upTo = path.slice(0, index + 1);
    paths.set(upTo.join('/'), upTo);
  });
  known.set(patch.sku, after);
  changed.set(patch.sku, after);
  return { sku: patch.sku, status: before ? 'UPDATED' : 'CREATED', productId: after.id, problems: [] };
}

function refused(sku: string, status: 'CONFLICT' | 'REJECTED', problems: InputProblem[]): UpsertedProduct {
  return { sku, status, productId: null, problems };
}

function takenBarcode(barcode: string): InputProblem {
  return { path: ['barcodes'], code: 'DUPLICATE', message: `${barcode} is on another product` };
}

function categoryRow(path: string[]): Record<string, unknown> {
  const codes = path.map((_name, index) => path.slice(0, index + 1).join('/'));
  return {
    id: newId(),
    parentCode: codes.at(-2) ?? null,
    code: codes.at(-1),
    name: path.at(-1),
    path: codes,
  };
}
