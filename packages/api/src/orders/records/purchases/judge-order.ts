import type { InputProblem, InputProblemCode } from '../../../platform/errors.ts';
import type { ParsedReceipt } from '../../order/receipt-input.ts';
import { isOfRecord, isUnsold, receiptName, type Known, type KnownOrder } from './known-orders.ts';
import type { RecordedOrder } from './recorded-order.ts';
import { netOfLine } from './spread-discount.ts';

/** Whom a record names: somebody known, a phone or e-mail nobody has yet, or nobody. */
export type NamedShopper = { readonly id: string } | 'NEW' | null;

/** What a record does to what is known. */
export type Judgement =
  | { readonly is: 'NEW' }
  /** The order was begun, or cancelled before it was sold: from here on it is what the record says. */
  | { readonly is: 'FACT'; readonly order: KnownOrder }
  | { readonly is: 'ADDS'; readonly order: KnownOrder; readonly adds: Additions }
  | { readonly is: 'KNOWN'; readonly order: KnownOrder }
  | { readonly is: 'CONFLICT'; readonly order: KnownOrder | null; readonly problems: InputProblem[] };

export interface Additions {
  readonly shopper: boolean;
  readonly receipts: readonly ParsedReceipt[];
  readonly cancel: boolean;
}

/**
 * Records may be sent again and in any order: a copy of what is known may only add a shopper, receipts and that it was
 * cancelled. One purchase is one fiscal document, whatever number it is told under.
 * @param sees whether the caller sees orders of a store
 */
export function judgeOrder(
  record: RecordedOrder,
  shopper: NamedShopper,
  known: Known,
  sees: (storeId: string) => boolean,
): Judgement {
  const number = known.numbers.get(record.externalId);
  if (number?.storeId && !sees(number.storeId)) {
    return conflict(null, ['externalId'], 'DUPLICATE', 'is the number of an order elsewhere');
  }
  const byNumber = number?.orderId ? (known.orders.get(number.orderId) ?? null) : null;
  const byReceipt = ordersOfReceipts(record, known);
  if (byNumber === null && byReceipt === null) return { is: 'NEW' };
  const order = byNumber ?? byReceipt?.order ?? null;
  if (byReceipt !== null && (byReceipt.order === null || byReceipt.order !== order)) {
    return conflict(byNumber, byReceipt.path, 'DUPLICATE', 'is on something else already');
  }
  if (order === null) return { is: 'NEW' };
  if (byNumber === null && !sees(order.storeId)) {
    return conflict(null, byReceipt?.path ?? [], 'DUPLICATE', 'is on an order elsewhere');
  }
  if (isUnsold(order)) return { is: 'FACT', order };
  return compare(record, shopper, known, order);
}

/**
 * The order the record's documents stand on; null order: they stand on several, or on a return. Null: on nothing yet.
 */
function ordersOfReceipts(
  { receipts }: RecordedOrder,
  known: Known,
): { order: KnownOrder | null; path: (string | number)[] } | null {
  let found: { order: KnownOrder | null; path: (string | number)[] } | null = null;
  for (const [index, receipt] of receipts.entries()) {
    const place = known.receipts.get(receiptName(receipt));
    if (place === undefined) continue;
    const path = ['receipts', index];
    const order = place.returnId === null ? (known.orders.get(place.orderId ?? '') ?? null) : null;
    if (order === null || (found !== null && found.order !== order)) return { order: null, path };
    found ??= { order, path };
  }
  return found;
}

function compare(record: RecordedOrder, shopper: NamedShopper, known: Known, order: KnownOrder): Judgement {
  const differs = differenceOf(record, order);
  if (differs !== null) return conflict(order, [differs], 'MISMATCH', 'is not what was recorded before');
  if (record.cashierId !== null && record.cashierId !== order.cashierId) {
    return conflict(order, ['cashierId'], 'MISMATCH', 'is not who was recorded before');
  }
  if (
    shopper !== null &&
    order.identifiedAt !== null &&
    (shopper === 'NEW' || shopper.id !== order.profileId)
  ) {
    return conflict(order, ['profile'], 'MISMATCH', 'is not who bought it');
  }
  const adds = {
    shopper: shopper !== null && order.identifiedAt === null,
    receipts: record.receipts.filter((receipt) => !known.receipts.has(receiptName(receipt))),
    cancel: record.cancelled && order.state !== 'CANCELLED',
  };
  const any = adds.shopper || adds.receipts.length > 0 || adds.cancel;
  return any ? { is: 'ADDS', order, adds } : { is: 'KNOWN', order };
}

/** The first field that is not the same. An order that came another way is compared by its goods and sum. */
function differenceOf(record: RecordedOrder, order: KnownOrder): string | null {
  if (record.store.id !== order.storeId) return 'storeCode';
  if (record.channel !== order.channel) return 'channel';
  if (isOfRecord(order)) {
    if (record.contentHash === order.contentHash) return null;
    return Date.parse(order.occurredAt) === record.moment.occurredAt.getTime() ? 'lines' : 'occurredAt';
  }
  const sameGoods =
    record.lines.length === order.lines.length &&
    record.lines.every((line, index) => {
      const sold = order.lines[index];
      return sold?.sku === line.sku && sold.quantityMilli === line.quantityMilli;
    });
  const paid = netOf(record);
  const samePrice = paid === order.toPay || paid === order.toPay + order.pointsDiscount;
  return sameGoods && samePrice ? null : 'lines';
}

function netOf({ lines }: RecordedOrder): number {
  return lines.reduce((sum, line) => sum + netOfLine(line), 0);
}

function conflict(
  order: KnownOrder | null,
  path: readonly (string | number)[],
  code: InputProblemCode,
  message: string,
): Judgement {
  return { is: 'CONFLICT', order, problems: [{ path: path.map(String), code, message }] };
}
