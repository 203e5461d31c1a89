import { minorDigits, printSplit } from '@clientele/shared/money';
import type { LineKind } from '@clientele/shared/receipt';
import { UnusableMapping } from '../exchange.errors.ts';
import { decimalReader, inUnits, lineAmount } from '../reading/decimal.ts';
import type { Decimal } from '../reading/decimal.ts';
import { instantReader } from '../reading/local-instant.ts';
import { hashOf } from './line-hash.ts';
import type { OrderMapping } from './mapping.ts';
import { keptProblem, type RowProblemKind } from './row-problem.ts';
import type { StagedLine } from './staging.ts';

/** A store orders may be of. */
export interface ImportStore {
  readonly id: string;
  readonly code: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly walkInProfileId: string;
}

/** Who a shopper column names: see `shopper-keys.ts`. */
export interface ShopperKey {
  readonly index: string;
  /** Null where this key was given out before: once is enough to store it. */
  readonly contact: { readonly sealed: string; readonly masked: string } | null;
}

export type RowOutcome =
  | { readonly line: StagedLine }
  | { readonly externalId: string; readonly setAside: string }
  | { readonly externalId: string; readonly problem: string };

export interface RowReaderOptions {
  readonly mapping: OrderMapping;
  readonly header: readonly string[];
  readonly stores: readonly ImportStore[];
  /** Null: the value cannot be a phone, e-mail, card or number of a person. */
  readonly shopperKey: (value: string) => ShopperKey | null;
}

interface OpenStore extends ImportStore {
  /** Position among the stores of this import. */
  readonly number: number;
  readonly digits: number;
  readonly readInstant: (text: string) => number | null;
}

const LONGEST_TEXT = 500;
const MOST_MILLI = 10 ** 12;

/** Turns the fields of a row into a line of an order, or says in words why it cannot. @throws UnusableMapping */
export function rowReader(options: RowReaderOptions): (fields: readonly string[]) => RowOutcome {
  const { mapping, header, shopperKey } = options;
  const at = columnPositions(mapping, header);
  const stores = openStores(options.stores);
  const onlyStore = mapping.store === undefined ? undefined : stores.get(mapping.store.code);
  const number = decimalReader(mapping.file.decimalPoint);
  const kindOf = kindReader(mapping);

  return (fields) => {
    const externalId = fields[at.externalId]?.trim() ?? '';
    const refuse = (kind: RowProblemKind, text = ''): RowOutcome => ({
      externalId,
      problem: keptProblem(kind, text),
    });
    if (fields.length !== header.length)
      return refuse('COLUMNS', `${fields.length} columns, the header has ${header.length}`);
    if (externalId === '') return refuse('NO_NUMBER');
    const value = (position: number): string => (position < 0 ? '' : (fields[position] ?? ''));
    const sku = value(at.sku).trim();
    const name = value(at.name).trim();
    const unfit = unfitText(externalId, sku, name);
    if (unfit !== null) return refuse(unfit.kind, unfit.value);

    const store = onlyStore ?? stores.get(value(at.storeCode).trim());
    if (store === undefined) return refuse('STORE', value(at.storeCode));
    const occurredAt = store.readInstant(value(at.occurredAt).trim());
    if (occurredAt === null) return refuse('TIME', value(at.occurredAt));

    const quantity = number(value(at.quantity));
    const price = number(value(at.unitPrice));
    if (quantity === null) return refuse('QUANTITY', value(at.quantity));
    if (price === null) return refuse('PRICE', value(at.unitPrice));
    if (price.value < 0) return refuse('NEGATIVE_PRICE');
    const isReturn = mapping.returns !== undefined && externalId.startsWith(mapping.returns.prefix);
    const aside = isReturn ? null : asideReason(mapping, quantity, price);
    if (aside !== null) return { externalId, setAside: aside };
    const milli = inUnits(quantity, 3);
    if (milli === null || milli === 0 || isReturn === milli > 0 || Math.abs(milli) > MOST_MILLI)
      return refuse(quantityProblem(milli, isReturn), value(at.quantity));
    const amount = lineAmount(Math.abs(milli), price, store.digits);
    if (amount === null) return refuse('COST');
    const discount = at.discount < 0 || value(at.discount) === '' ? ZERO : number(value(at.discount));
    const discountMinor = discount === null ? null : inUnits(discount, store.digits);
    if (discountMinor === null || discountMinor < 0 || discountMinor > amount.minor)
      return refuse('DISCOUNT', value(at.discount));

    const shopperText = value(at.shopper).trim();
    const shopper = shopperText === '' ? null : shopperKey(shopperText);
    if (shopper === null && shopperText !== '') return refuse('SHOPPER', mapping.shopperKind.toLowerCase());
    return {
      line: {
        externalId,
        store: store.number,
        occurredAt,
        isReturn,
        shopper: shopper?.index ?? null,
        contact: shopper?.contact ?? null,
        sku,
        name: name === '' ? null : name,
        ...kindOf(sku),
        quantityMilli: Math.abs(milli),
        // A price of more decimals than money has: the amount is exact, the price shown is the nearest.
        unitPrice: lineAmount(1000, price, store.digits)?.minor ?? 0,
        gross: amount.minor,
        discount: discountMinor,
        rest: amount.rest,
        hash: hashOf(`${sku}\t${milli}\t${price.value}/${price.scale}\t${discountMinor}`),
        printLines: printLinesOf(amount.minor - discountMinor, Math.abs(milli)),
      },
    };
  };
}

/** As JSON, which is how they are stored; nearly every line is some pieces at one price. */
function printLinesOf(total: number, milli: number): string {
  const price = (total * 1000) / milli;
  return milli % 1000 === 0 && Number.isSafeInteger(price)
    ? `[{"quantityMilli":${milli},"unitPrice":${price},"amount":${total}}]`
    : JSON.stringify(printSplit(total, milli));
}

const ZERO: Decimal = { value: 0, scale: 0 };

type ColumnName = keyof OrderMapping['columns'];

function columnPositions(mapping: OrderMapping, header: readonly string[]): Record<ColumnName, number> {
  const names = header.map((name) => name.trim());
  const missing: string[] = [];
  const find = (column: ColumnName, required: boolean): number => {
    const name = mapping.columns[column];
    const position = name === undefined ? -1 : names.indexOf(name);
    if (position === -1 && required) missing.push(`"${name}"`);
    return position;
  };
  const positions = {
    externalId: find('externalId', true),
    occurredAt: find('occurredAt', true),
    sku: find('sku', true),
    quantity: find('quantity', true),
    unitPrice: find('unitPrice', true),
    storeCode: find('storeCode', mapping.store === undefined),
    name: find('name', false),
    shopper: find('shopper', false),
    discount: find('discount', false),
  };
  if (missing.length > 0)
    throw new UnusableMapping(
      `the file has no column ${missing.join(', ')}; its columns are ${names.map((name) => `"${name}"`).join(', ')}`,
    );
  return positions;
}

function openStores(stores: readonly ImportStore[]): Map<string, OpenStore> {
  return new Map(
    stores.map((store, number) => [
      store.code,
      {
        ...store,
        number,
        digits: minorDigits(store.currency),
        readInstant: instantReader(store.timeZone),
      },
    ]),
  );
}

/** Whether goods earn is left to the program (null) unless the mapping says that these lines never do. */
function kindReader(mapping: OrderMapping): (sku: string) => { kind: LineKind; earnable: false | null } {
  const plain = { kind: 'GOODS', earnable: null } as const;
  const bySku = new Map<string, { kind: LineKind; earnable: false | null }>();
  const prefixes: [string, { kind: LineKind; earnable: false | null }][] = [];
  for (const rule of mapping.lineKinds) {
    const meaning = { kind: rule.kind, earnable: rule.earns ? null : (false as const) };
    for (const sku of rule.skus) if (!bySku.has(sku)) bySku.set(sku, meaning);
    for (const prefix of rule.prefixes) prefixes.push([prefix, meaning]);
  }
  return (sku) => bySku.get(sku) ?? prefixes.find(([prefix]) => sku.startsWith(prefix))?.[1] ?? plain;
}

function asideReason(mapping: OrderMapping, quantity: Decimal, price: Decimal): string | null {
  if (quantity.value >= 0 || price.value !== 0) return null;
  return mapping.setAside[0]?.reason ?? null;
}

function quantityProblem(milli: number | null, isReturn: boolean): RowProblemKind {
  if (milli === null) return 'FINE_QUANTITY';
  if (Math.abs(milli) > MOST_MILLI) return 'HUGE_QUANTITY';
  return isReturn ? 'RETURN_QUANTITY' : 'PURCHASE_QUANTITY';
}

function unfitText(
  externalId: string,
  sku: string,
  name: string,
): { kind: RowProblemKind; value?: string } | null {
  if (sku === '') return { kind: 'NO_SKU' };
  for (const text of [externalId, sku, name]) {
    if (text.length > LONGEST_TEXT) return { kind: 'LONG_TEXT', value: String(LONGEST_TEXT) };
    if (text.includes('\u0000')) return { kind: 'NO_TEXT' };
  }
  return null;
}
