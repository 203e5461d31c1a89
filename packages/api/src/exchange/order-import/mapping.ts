import { minorDigits } from '@clientele/shared/money';
import { isTimeZone } from '@clientele/shared/time';
import * as z from 'zod';
import { UnusableMapping } from '../exchange.errors.ts';

const text = z.string().trim().min(1);

/** Where each value of a line stands: names of the file's columns. */
const Columns = z.strictObject({
  /** Number of the order; lines with equal numbers are one order, wherever in the file they stand. */
  externalId: text,
  /** `YYYY-MM-DD HH:MM[:SS]` on the store's wall, or ISO 8601 with an offset. */
  occurredAt: text,
  sku: text,
  quantity: text,
  /** Of one piece, VAT included; any number of decimals. */
  unitPrice: text,
  name: text.optional(),
  /** Absent: the mapping's own store. */
  storeCode: text.optional(),
  /** Empty: bought by nobody known. */
  shopper: text.optional(),
  /** On the whole line, already given. */
  discount: text.optional(),
});

const Store = z.strictObject({
  code: text,
  name: text,
  timeZone: text.refine(isTimeZone, 'is no IANA time zone'),
  currency: text.refine(isCurrency, 'is no ISO 4217 code'),
  country: text.default('RU'),
  language: z.enum(['ru', 'en']).default('ru'),
});

const Mapping = z.strictObject({
  name: text,
  columns: Columns,
  file: z
    .strictObject({
      delimiter: z.union([z.string().length(1), z.literal('auto')]).default('auto'),
      encoding: z.enum(['auto', 'utf-8', 'windows-1251', 'utf-16le', 'iso-8859-1']).default('auto'),
      decimalPoint: z.enum(['.', ',']).default('.'),
    })
    .prefault({}),
  /** Every order is of this store, made where it is missing; absent: `columns.storeCode` says whose. */
  store: Store.optional(),
  channel: z.enum(['STORE', 'ONLINE']).default('STORE'),
  /** What the shopper column holds. EXTERNAL: a number of the file's own source; a person is made for a new one. */
  shopperKind: z.enum(['EXTERNAL', 'PHONE', 'EMAIL', 'CARD']).default('EXTERNAL'),
  /**
   * Documents whose number begins so are returns, their quantities negative; each line goes to the latest earlier
   * purchase by the same shopper of the same sku at the same price, and to nobody's where there is none.
   */
  returns: z.strictObject({ prefix: text }).optional(),
  /** Lines that are no goods; the first that fits counts. */
  lineKinds: z
    .array(
      z.strictObject({
        kind: z.enum(['GOODS', 'SERVICE', 'DELIVERY', 'GIFT_CARD', 'FEE']),
        earns: z.boolean(),
        skus: z.array(text).default([]),
        prefixes: z.array(text).default([]),
      }),
    )
    .default([]),
  /** Rows that are no sale at all: counted and listed, not stored. */
  setAside: z
    .array(z.strictObject({ quantity: z.literal('NEGATIVE'), unitPrice: z.literal('ZERO'), reason: text }))
    .default([]),
});

/** How a file of orders is read; see the committed ones in `exchange/mappings`. */
export type OrderMapping = z.output<typeof Mapping>;

/** @param content parsed JSON @throws UnusableMapping */
export function parseMapping(content: unknown): OrderMapping {
  const parsed = Mapping.safeParse(content);
  if (!parsed.success) throw new UnusableMapping(z.prettifyError(parsed.error));
  if (parsed.data.store === undefined && parsed.data.columns.storeCode === undefined)
    throw new UnusableMapping('neither a store nor a column with its code is named');
  return parsed.data;
}

/** Of files that use the words of the API: what `import orders` expects where no mapping is named. */
export const plainMapping: OrderMapping = parseMapping({
  name: 'plain',
  columns: {
    externalId: 'externalId',
    occurredAt: 'occurredAt',
    storeCode: 'storeCode',
    shopper: 'shopper',
    sku: 'sku',
    name: 'name',
    quantity: 'quantity',
    unitPrice: 'unitPrice',
    discount: 'discount',
  },
});

function isCurrency(code: string): boolean {
  try {
    return minorDigits(code) >= 0;
  } catch {
    return false;
  }
}
