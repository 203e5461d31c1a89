import type { ProgramSettings, ReturnResult } from '@clientele/shared/receipt';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import type { InputProblem } from '../../../platform/errors.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { callerName } from '../../caller.ts';
import { parseReceipts, type ParsedReceipt } from '../../order/receipt-input.ts';
import { QuantityExceeded } from '../../orders.errors.ts';
import { returnLineRows, returnRow } from '../../returns/return-order.ts';
import { judgeReturn, settingsOf, type Sale, type SaleRow } from '../../returns/sale.ts';
import { RECORD_HASH } from '../purchases/recorded-order.ts';
import type { ReturnOfOrder } from './recorded-return.ts';
import { moneyOf, partsOf, type ReturnPart } from './return-parts.ts';

/** What `read_recorded_return` answers. */
export interface ReadReturn extends Sale {
  place: 'ELSEWHERE' | null;
  /** Of the order. */
  key: { source: string; externalId: string } | null;
  /** The return that has this number: its order, and thousandths by sku. */
  backOf: { orderId: string | null; goods: Record<string, number> } | null;
  waiting: { hash: string; orderKey: string } | null;
  documents: { fiscalDrive: string; fiscalDocument: string; returnId: string | null; hash: string | null }[];
}

export type SoldOrder = ReadReturn & { order: SaleRow };

export function readReturn(
  ctx: Context,
  source: string,
  record: Pick<ReturnOfOrder, 'externalId' | 'stores' | 'receipts'> & { ref: ReturnOfOrder['ref'] | null },
): Promise<ReadReturn> {
  return callFunction(ctx.sql, 'read_recorded_return', {
    ref: record.ref,
    stores: record.stores,
    back: { source, externalId: record.externalId },
    receipts: record.receipts.map(({ fiscalDrive, fiscalDocument }) => ({
      fiscalDrive: fiscalDrive.trim(),
      fiscalDocument: fiscalDocument.trim(),
    })),
  });
}

/** Whether the order can take goods back; of one that a record cancelled only the money is noted. */
export function takesReturns({ state, content_hash }: SaleRow): boolean {
  if (state === 'CANCELLED') return content_hash.startsWith(RECORD_HASH);
  return state !== 'BEGUN' && state !== 'EXPIRED';
}

/** Takes the goods back as a till does; money that was paid back is a fact. Points never come from the refund. */
export async function applyReturn(
  tx: Context,
  source: string,
  record: ReturnOfOrder,
  sale: SoldOrder,
): Promise<{ returnId: string } | { problems: InputProblem[] }> {
  const problems = new InputProblems();
  const { order } = sale;
  const receipts = parseReceipts(record.receipts, order.currency, ['receipts'], problems);
  const settings = await settingsOf(tx, order);
  const parts = partsOf(record.lines, sale.lines.map(returnable), problems);
  if (problems.list.length > 0) return { problems: problems.list };
  const result = judged(sale, settings, parts, problems);
  if (result === null) return { problems: problems.list };
  const money = moneyOf(record.lines, parts, result.lines, order.currency, problems);
  if (problems.list.length > 0) return { problems: problems.list };
  return callFunction(
    tx.sql,
    'record_return',
    posting(tx, { source, record, sale, settings, result, money, receipts }),
  );
}

function returnable(line: Sale['lines'][number]) {
  return { number: line.number, sku: line.sku, leftMilli: line.quantity_milli - line.returned_milli };
}

function judged(
  sale: SoldOrder,
  settings: ProgramSettings | null,
  parts: readonly ReturnPart[],
  problems: InputProblems,
): ReturnResult | null {
  const wrong = (number: number, message: string) => {
    const index = parts.find((part) => part.number === number)?.index ?? 0;
    return problems.need<ReturnResult>(null, ['lines', index, 'quantity'], 'RANGE', message) ?? null;
  };
  try {
    const result = judgeReturn(sale, settings, parts);
    return 'notWhole' in result ? wrong(result.notWhole, 'pieces come back whole') : result;
  } catch (error) {
    if (!(error instanceof QuantityExceeded)) throw error;
    return wrong(error.number, 'is more than was sold and not returned yet');
  }
}

interface Posting {
  readonly source: string;
  readonly record: ReturnOfOrder;
  readonly sale: SoldOrder;
  readonly settings: ProgramSettings | null;
  readonly result: ReturnResult;
  readonly money: number;
  readonly receipts: readonly ParsedReceipt[];
}

function posting(tx: Context, { source, record, sale, settings, result, money, receipts }: Posting): object {
  const { order } = sale;
  const now = tx.clock.now();
  const { occurredAt, skewed } = record.moment;
  const cancelled = order.state === 'CANCELLED';
  const skus = new Map(sale.lines.map(({ number, sku }) => [number, sku]));
  return {
    now,
    actor: callerName(tx),
    ref: { id: order.id },
    revision: order.revision,
    contentHash: record.contentHash,
    restore: cancelled ? 0 : result.pointsRestored,
    claw: cancelled ? 0 : result.clawTarget,
    settings,
    // The refund was paid already: nothing can be withheld from it.
    pointValue: 0,
    return: {
      ...returnRow(order, { moneyBack: money }, { source, externalId: record.externalId, occurredAt, now }),
      store_id: record.storeId ?? order.store_id,
      flagged: money !== result.moneyBack,
    },
    lines: returnLineRows(result).map((line) => ({ ...line, sku: skus.get(Number(line['number'])) ?? null })),
    receipts,
    skewed,
  };
}
