import type { InputProblemCode } from '../../../platform/errors.ts';
import type { OrderRef } from '../../order/order-ref.ts';
import type { ReceiptInput } from '../../order/receipt-input.ts';
import type { ReadReturn } from './apply-return.ts';
import { receiptName } from '../purchases/known-orders.ts';
import { RECORD_HASH } from '../purchases/recorded-order.ts';
import type { RecordedReturn, ReturnResult } from './recorded-return.ts';

export type KnownReturn =
  | { readonly is: 'TOLD'; readonly result: Pick<ReturnResult, 'status'> & Partial<ReturnResult> }
  | { readonly is: 'ADDS'; readonly returnId: string; readonly receipts: readonly ReceiptInput[] };

/**
 * What a record is to returns that are known: a copy may only add documents; one document is one return. Null: it is
 * the first to tell, or tells again what waits.
 */
export function judgeKnownReturn(record: RecordedReturn, read: ReadReturn): KnownReturn | null {
  const documents = new Map(read.documents.map((document) => [receiptName(document), document]));
  const placed = record.receipts.map((receipt) => documents.get(nameOf(receipt)));
  const own = read.back?.returnId ?? null;
  // A document without a return is that of a sale.
  const foreign = placed.findIndex(
    (document) => document !== undefined && (document.returnId === null || document.returnId !== own),
  );
  const other = foreign === -1 ? undefined : placed[foreign];
  if (other !== undefined && (own !== null || other.hash !== record.contentHash)) {
    return conflict(['receipts', String(foreign)], 'DUPLICATE', 'is on something else already', own);
  }
  // The same return under another number: its document tells.
  if (other !== undefined) return told('UNCHANGED', other.returnId);
  if (read.back === null) return judgeWaiting(record, read);
  const { returnId, hash } = read.back;
  if (!sameOrder(record, read)) return conflict(['order'], 'MISMATCH', 'is another order', returnId);
  if (hash !== record.contentHash && !sameGoods(record, read, hash)) {
    return conflict(['lines'], 'MISMATCH', 'is not what was recorded before', returnId);
  }
  const receipts = record.receipts.filter((receipt) => !documents.has(nameOf(receipt)));
  return receipts.length > 0 ? { is: 'ADDS', returnId, receipts } : told('UNCHANGED', returnId);
}

/** What a waiting return waits for, as text. */
export function orderKeyOf(ref: OrderRef, { key }: Pick<ReadReturn, 'key'>): string {
  if (key !== null) return `order:${key.source}:${key.externalId}`;
  if ('fiscalDrive' in ref) return `receipt:${ref.fiscalDrive}:${ref.fiscalDocument}`;
  return 'externalId' in ref ? `order:${ref.source}:${ref.externalId}` : `order:${ref.id}`;
}

function judgeWaiting(record: RecordedReturn, read: ReadReturn): KnownReturn | null {
  const { waiting } = read;
  if (waiting === null) return null;
  const same = waiting.hash === record.contentHash && record.ref !== null;
  const awaited =
    record.ref === null ? [] : [orderKeyOf(record.ref, { key: null }), orderKeyOf(record.ref, read)];
  return same && awaited.includes(waiting.orderKey)
    ? null
    : conflict([same ? 'order' : 'lines'], 'MISMATCH', 'is not what was recorded before', null);
}

function sameOrder({ ref }: RecordedReturn, { backOf, order }: ReadReturn): boolean {
  return ref === null ? backOf?.orderId === null : order !== null && backOf?.orderId === order.id;
}

/** A return that came another way is compared by what came back. */
function sameGoods({ lines }: RecordedReturn, { backOf, lines: sold }: ReadReturn, hash: string): boolean {
  if (hash.startsWith(RECORD_HASH) || backOf === null) return false;
  const goods = new Map<string, number>();
  for (const { number, sku, quantityMilli } of lines) {
    const name = sku ?? sold.find((line) => line.number === number)?.sku ?? '';
    goods.set(name, (goods.get(name) ?? 0) + quantityMilli);
  }
  const before = Object.entries(backOf.goods);
  return before.length === goods.size && before.every(([sku, milli]) => goods.get(sku) === milli);
}

function nameOf({ fiscalDrive, fiscalDocument }: ReceiptInput): string {
  return receiptName({ fiscalDrive: fiscalDrive.trim(), fiscalDocument: fiscalDocument.trim() });
}

function told(status: ReturnResult['status'], returnId: string | null): KnownReturn {
  return { is: 'TOLD', result: { status, returnId } };
}

function conflict(
  path: string[],
  code: InputProblemCode,
  message: string,
  returnId: string | null,
): KnownReturn {
  return { is: 'TOLD', result: { status: 'CONFLICT', returnId, problems: [{ path, code, message }] } };
}
