import { allPrograms, type AccountStatus } from '../../../loyalty/index.ts';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import type { StoredGoods } from '../../order/order-line.entity.ts';
import type { FrozenTerms, OrderState } from '../../order/order.entity.ts';
import type { BasketProduct } from '../../quote/basket.ts';
import { attributesAsked } from '../../quote/rule-attributes.ts';
import { RECORD_HASH, type RecordedOrder } from './recorded-order.ts';

/** An order as records are compared with it. Money in minor units, quantities in thousandths. */
export interface KnownOrder {
  id: string;
  source: string;
  externalId: string;
  profileId: string;
  identifiedAt: 'SALE' | 'LATER' | null;
  storeId: string;
  cashierId: string | null;
  channel: 'STORE' | 'ONLINE';
  state: OrderState;
  begunAt: string | null;
  occurredAt: string;
  contentHash: string;
  revision: number;
  programId: string | null;
  versionId: string | null;
  currency: string;
  toPay: number;
  pointsDiscount: number;
  earned: number;
  terms: FrozenTerms | null;
  lines: {
    number: number;
    sku: string;
    quantityMilli: number;
    /** What of it came back. */
    returnedMilli: number;
    toPay: number;
    earnable: boolean;
    goods: StoredGoods;
    /** What was paid for the part that came back. */
    backMinor: number;
  }[];
}

/** What decides what somebody earns. */
export interface KnownShopper {
  profileId: string;
  tags: string[];
  accounts: Record<string, { status: AccountStatus; tierCode: string | null }>;
}

/** What is known already of the things records name. */
export interface Known {
  /** By the source's number; a number without an order was spent by cancelling it. */
  readonly numbers: ReadonlyMap<string, { storeId: string | null; orderId: string | null }>;
  /** By `receiptName`; without an order: of a return whose order is not known. */
  readonly receipts: ReadonlyMap<string, { orderId: string | null; returnId: string | null }>;
  readonly orders: ReadonlyMap<string, KnownOrder>;
  readonly products: ReadonlyMap<string, BasketProduct>;
  readonly shoppers: ReadonlyMap<string, KnownShopper>;
}

interface ReadRecords {
  numbers: { externalId: string; storeId: string | null; orderId: string | null }[];
  receipts: {
    fiscalDrive: string;
    fiscalDocument: string;
    orderId: string | null;
    returnId: string | null;
  }[];
  orders: KnownOrder[];
  products: BasketProduct[];
  shoppers: KnownShopper[];
}

/** One statement for all records. */
export async function readKnown(
  ctx: Context,
  source: string,
  records: readonly RecordedOrder[],
  accounts: readonly { profileId: string; programId: string }[],
): Promise<Known> {
  const programs = await allPrograms(ctx);
  const read = await callFunction<ReadRecords>(ctx.sql, 'read_records', {
    source,
    externalIds: records.map(({ externalId }) => externalId),
    receipts: records.flatMap(({ receipts }) =>
      receipts.map(({ fiscalDrive, fiscalDocument }) => ({ fiscalDrive, fiscalDocument })),
    ),
    skus: [...new Set(records.flatMap(({ lines }) => lines.map(({ sku }) => sku)))],
    attributes: attributesAsked(programs.flatMap(({ versions }) => versions.map(({ settings }) => settings))),
    accounts,
  });
  return {
    numbers: new Map(read.numbers.map((row) => [row.externalId, row])),
    receipts: new Map(read.receipts.map((row) => [receiptName(row), row])),
    orders: new Map(read.orders.map((order) => [order.id, order])),
    products: new Map(read.products.map((product) => [product.sku, product])),
    shoppers: new Map(read.shoppers.map((shopper) => [shopper.profileId, shopper])),
  };
}

export function receiptName(receipt: { fiscalDrive: string; fiscalDocument: string }): string {
  return `${receipt.fiscalDrive}:${receipt.fiscalDocument}`;
}

/** Whether a record made it (and records may only add to it), not a till's begin or an import. */
export function isOfRecord({ contentHash }: KnownOrder): boolean {
  return contentHash.startsWith(RECORD_HASH);
}

/** Nothing was sold yet: a record of it is the first to tell what was. */
export function isUnsold(order: KnownOrder): boolean {
  return (
    order.state === 'BEGUN' ||
    order.state === 'EXPIRED' ||
    (order.state === 'CANCELLED' && !isOfRecord(order))
  );
}
