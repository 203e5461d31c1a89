import { minorDigits } from '@clientele/shared/money';
import {
  productsBySku,
  upsertProducts,
  type ProductInput,
  type UpsertedProduct,
} from '../../../catalog/index.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import { hashContent } from '../../../platform/database/idempotent.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import type { Context } from '../../../platform/context.ts';
import type { CellProblem, ImportProblemCode, RowOutcome } from '../import-problem.ts';
import { valueReaders, type ValueReaders } from '../mapping/read-values.ts';
import { noteProducts } from '../undo/note-products.ts';
import type { KindDoor, KindOptions, ReadRow } from './kind-door.ts';
import { retried } from './retried.ts';

interface ProductRow {
  readonly input: ProductInput;
  readonly places: ReadonlyMap<string, number>;
}

type Cell = { readonly at: number; readonly field: string; readonly name: string };

/** Goods by their sku, by the same rules as `upsertProducts`. */
export async function openProducts(options: KindOptions): Promise<KindDoor<ProductRow>> {
  const { ctx, mapping, columns, source, dryRun, runId } = options;
  const readers = valueReaders(mapping);
  const currency = mapping.options.currency ?? (await homeCurrency(ctx));
  const digits = minorDigits(currency);
  const levels = columns.filter(({ field }) => field === 'category').length;
  // Of a dry run: rows of one sku further down are judged by what the first ones said.
  const told = new Map<string, string>();

  function read(fields: readonly string[]): ReadRow<ProductRow> {
    const input: Record<string, unknown> = { currency };
    const places = new Map<string, number>();
    const problems: CellProblem[] = [];
    for (const column of columns) {
      const cell = fields[column.at]?.trim() ?? '';
      places.set(FIELDS[column.field] ?? column.field, column.at);
      if (cell === '') continue;
      const code = readCell(input, column, cell, { readers, digits, levels });
      if (code === null) continue;
      problems.push({ at: column.at, code });
      input[column.field] = cell;
    }
    if (input['sku'] === undefined) problems.push({ at: places.get('sku') ?? null, code: 'REQUIRED' });
    return problems.length > 0
      ? { row: null, problems, content: input }
      : { row: { input: input as unknown as ProductInput, places }, problems };
  }

  async function write(products: readonly ProductInput[]): Promise<UpsertedProduct[]> {
    return inTransaction(ctx, async (tx) => {
      await callFunction(tx.sql, 'lock_catalog', {});
      const before = await productsBySku(tx, [...new Set(products.map(({ sku }) => sku))]);
      const { results } = await upsertProducts(tx, { source, products });
      if (dryRun) throw new DryRun(results);
      await noteProducts(tx, { runId, results, before });
      return results;
    });
  }

  return {
    read,
    store: async (rows) => {
      if (rows.length === 0) return [];
      const products = rows.map(({ input }) => input);
      const results = await retried(() => write(products)).catch(resultsOfDryRun);
      return results.map((result, index): RowOutcome => {
        const row = rows[index];
        const status = dryRun && row ? againstEarlier(result, row.input, told) : result.status;
        return { status, problems: row === undefined ? [] : problemsOf(result, row) };
      });
    },
  };
}

/** Carries the answer out of a transaction that is taken back. */
class DryRun extends Error {
  readonly results: UpsertedProduct[];

  constructor(results: UpsertedProduct[]) {
    super('a dry run writes nothing');
    this.results = results;
  }
}

function resultsOfDryRun(error: unknown): UpsertedProduct[] {
  if (error instanceof DryRun) return error.results;
  throw error;
}

function againstEarlier(
  { status, sku }: UpsertedProduct,
  input: ProductInput,
  told: Map<string, string>,
): UpsertedProduct['status'] {
  const hash = hashContent(input);
  const before = told.get(sku);
  told.set(sku, hash);
  if (status !== 'CREATED' || before === undefined) return status;
  return before === hash ? 'UNCHANGED' : 'UPDATED';
}

async function homeCurrency(ctx: Context): Promise<string> {
  const store = await ctx.sql
    .selectFrom('store')
    .select('currency')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return store?.currency ?? 'RUB';
}

/** Names of the columns in what the catalogue says of a product. */
const FIELDS: Readonly<Record<string, string>> = {
  barcode: 'barcodes',
  category: 'categoryPath',
  attribute: 'attributes',
};

interface CellOptions {
  readonly readers: ValueReaders;
  readonly digits: number;
  readonly levels: number;
}

function readCell(
  input: Record<string, unknown>,
  { field, name }: Cell,
  cell: string,
  { readers, digits, levels }: CellOptions,
): ImportProblemCode | null {
  switch (field) {
    case 'barcode':
      input['barcodes'] = [...((input['barcodes'] as string[]) ?? []), ...parts(cell, /[;,\s]/)];
      return null;
    case 'category': {
      const path = levels > 1 ? [cell] : parts(cell, />|\||\s\/\s/);
      input['categoryPath'] = [...((input['categoryPath'] as string[]) ?? []), ...path];
      return null;
    }
    case 'attribute':
      input['attributes'] = { ...(input['attributes'] as object | undefined), [name]: cell };
      return null;
    case 'price':
    case 'oldPrice':
    case 'minUnitPrice': {
      const money = moneyText(readers.decimal(cell), digits);
      input[field] = money;
      return money === null ? 'MONEY' : null;
    }
    case 'earnable':
    case 'redeemable':
    case 'available':
      input[field] = readers.yesNo(cell);
      return input[field] === null ? 'YES_NO' : null;
    default:
      input[field] = cell;
      return null;
  }
}

function parts(cell: string, between: RegExp): string[] {
  return cell
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** With exactly the digits of the currency; null where it has more. */
function moneyText(decimal: string | null, digits: number): string | null {
  if (decimal === null || decimal.startsWith('-')) return null;
  const [whole = '', fraction = ''] = decimal.split('.');
  if (fraction.length > digits) return null;
  return digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, '0')}`;
}

const CODES: Readonly<Record<string, ImportProblemCode>> = {
  DUPLICATE: 'OTHER_PRODUCT',
  TOO_MANY: 'TOO_MANY',
  RANGE: 'RANGE',
  REQUIRED: 'REQUIRED',
  UNKNOWN: 'UNKNOWN',
};

function problemsOf({ problems }: UpsertedProduct, { places }: ProductRow): CellProblem[] {
  return problems.map(({ path, code, message }) => ({
    at: places.get(path[0] ?? '') ?? null,
    code: CODES[code] ?? 'TEXT',
    detail: message,
  }));
}
