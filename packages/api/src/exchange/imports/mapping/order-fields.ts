import { parseMapping, type OrderMapping } from '../../order-import/mapping.ts';
import type { FieldRule } from './fields.ts';
import type { GuessedColumn } from './guess-mapping.ts';

/** What the columns of a file of orders may mean; one row is one line of an order. */
export const ORDER_FIELDS: readonly FieldRule[] = [
  { field: 'externalId' },
  { field: 'occurredAt' },
  { field: 'sku' },
  { field: 'quantity' },
  { field: 'unitPrice' },
  { field: 'name' },
  { field: 'storeCode' },
  { field: 'shopper' },
  { field: 'discount' },
];

const WORDS: Readonly<Record<string, string>> = {
  externalId:
    'order orderid ordernumber invoice invoiceno receipt basketid basket number номер номерзаказа номерчека заказ чек',
  occurredAt:
    'date time datetime timestamp at occurredat invoicedate дата датавремя датазаказа датачека время',
  sku: 'sku productid stockcode article артикул код кодтовара товар',
  quantity: 'quantity qty количество колво',
  unitPrice: 'price unitprice цена',
  name: 'name productname description название наименование',
  storeCode: 'store storecode storeid shop магазин кодмагазина точка',
  shopper:
    'shopper customer customerid clientid client phone householdid телефон клиент покупатель кодклиента карта',
  discount: 'discount retaildisc скидка',
};

export function guessOrderMapping(header: readonly string[]): GuessedColumn[] {
  const taken = new Set<string>();
  return header.map((column) => {
    const plain = column
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replaceAll(/[^\p{L}\p{N}]/gu, '');
    const field = Object.keys(WORDS).find(
      (each) => !taken.has(each) && (WORDS[each] ?? '').split(' ').includes(plain),
    );
    if (field === undefined) return { column, field: null, confidence: 0 };
    taken.add(field);
    return { column, field, confidence: 90 };
  });
}

/**
 * A mapping of orders as the wizard makes it, a list of columns, or whole as the importer takes it.
 * @throws UnusableMapping
 */
export function orderMappingOf(content: unknown): OrderMapping {
  const { columns, options, ...rest } = (content ?? {}) as {
    columns?: unknown;
    options?: Record<string, unknown>;
    kind?: unknown;
  };
  if (!Array.isArray(columns)) return parseMapping(content);
  const { kind: _kind, ...others } = rest;
  return parseMapping({
    ...others,
    ...options,
    columns: Object.fromEntries(
      columns.map((each: unknown) => {
        const { column, field } = (each ?? {}) as { column?: unknown; field?: unknown };
        return [String(field), column];
      }),
    ),
  });
}
