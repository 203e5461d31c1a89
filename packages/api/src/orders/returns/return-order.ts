import { parseQuantity, type PrintLine } from '@clientele/shared/money';
import type { ReturnInput, ReturnResult } from '@clientele/shared/receipt';
import type { Context } from '../../platform/context.ts';
import { callFunction, RefusedInSql } from '../../platform/database/call-function.ts';
import { hashContent } from '../../platform/database/idempotent.ts';
import { IdempotencyConflict, invalid, RequestError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { callerName, visibleStores } from '../caller.ts';
import { currencyOf } from '../order/currency-of.ts';
import { noteForeignOrder, refusePosting } from '../order/foreign-order.ts';
import { parseOrderRef, type OrderRef, type OrderRefInput } from '../order/order-ref.ts';
import { parseReceipts, type ParsedReceipt, type ReceiptInput } from '../order/receipt-input.ts';
import type { AccountShown } from '../order/shown-account.ts';
import { OrderNotCommitted, OrderNotFound } from '../orders.errors.ts';
import { judgeTime } from '../posting/skew.ts';
import { refusalOf } from '../refusals.ts';
import { judgeReturn, settingsOf, type Sale, type SaleRow } from './sale.ts';

export interface ReturnLineInput {
  number: number;
  quantity: string;
}

export interface ReturnOrder {
  requestId: string;
  order: OrderRefInput;
  externalId: string;
  occurredAt?: Date | null | undefined;
  /** Absent: everything left. */
  lines?: readonly ReturnLineInput[] | null | undefined;
  receipts: readonly ReceiptInput[];
}

/** Money in minor units of `currency`. */
export interface OrderReturned extends AccountShown {
  __typename: 'OrderReturned';
  returnId: string;
  orderId: string;
  currency: string;
  lines: { number: number; quantityMilli: number; moneyBack: number; printLines: PrintLine[] }[];
  /** Already less `withheld`. */
  moneyBack: number;
  withheld: number;
  pointsRestored: number;
  pointsClawedBack: number;
  /** Created by this return. */
  debt: number;
  debtAfter: number;
}

const MOST_TRIES = 5;

/**
 * Goods come back: by default everything left. An exchange is a return, then a new order.
 * @throws QuantityExceeded @throws OrderNotFound @throws OrderNotCommitted @throws ReceiptTaken
 * @throws IdempotencyConflict @throws InvalidInput
 */
export async function returnOrder(ctx: Context, input: ReturnOrder): Promise<OrderReturned> {
  const request = await parseReturn(ctx, input);
  for (let tries = 1; ; tries += 1) {
    const sale = await readSale(ctx, request);
    const known = await repeated(ctx, sale, request);
    if (known !== null) return known;
    try {
      return await callFunction<OrderReturned>(ctx.sql, 'return_order', await posting(ctx, sale, request));
    } catch (error) {
      if (!(error instanceof RefusedInSql) || error.code !== 'StaleOrder') {
        return refusePosting(ctx, returnRefusal(error), { ref: request.ref, operation: 'returnOrder' });
      }
      // Somebody returned a part of it a moment ago: judge what is left.
      if (tries === MOST_TRIES) throw new RequestError('BUSY', 'This order keeps changing; try again.', 300);
    }
  }
}

export interface ReturnRequest {
  requestId: string;
  ref: OrderRef;
  externalId: string;
  occurredAt: Date | null;
  returning: ReturnInput['returning'];
  receipts: readonly ParsedReceipt[];
  /** Of what comes back: the same under another requestId is the same return. */
  contentHash: string;
}

async function parseReturn(ctx: Context, input: ReturnOrder): Promise<ReturnRequest> {
  const problems = new InputProblems();
  const requestId = problems.text(input.requestId, ['requestId'], 200) ?? '';
  const externalId = problems.text(input.externalId, ['externalId'], 200) ?? '';
  const ref = parseOrderRef(ctx, input.order, ['order'], problems);
  const returning = parseReturnLines(input.lines, problems);
  const currency = await currencyOf(ctx, ref, input.receipts);
  const receipts = parseReceipts(input.receipts, currency, ['receipts'], problems);
  problems.refuseAny();
  const occurredAt = input.occurredAt ?? null;
  const contentHash = hashContent({ ref, externalId, returning, occurredAt });
  return { requestId, ref, externalId, occurredAt, returning, receipts, contentHash };
}

export function parseReturnLines(
  lines: readonly ReturnLineInput[] | null | undefined,
  problems: InputProblems,
): ReturnInput['returning'] {
  if (lines === null || lines === undefined) return null;
  if (lines.length === 0) problems.add(['lines'], 'REQUIRED', 'has at least one line, or is absent');
  if (lines.length > 2_000) problems.add(['lines'], 'TOO_MANY', 'has 2000 lines at most');
  return lines.slice(0, 2_000).map(({ number, quantity }, index) => {
    const milli = parseQuantity(quantity);
    if (milli === null) {
      problems.add(['lines', index, 'quantity'], 'FORMAT', 'is a decimal above 0 with up to three digits');
    }
    return { number, quantityMilli: milli ?? 1 };
  });
}

export type ReadSale = Sale & { order: SaleRow };

/** @throws OrderNotFound @throws OrderNotCommitted */
export async function readSale(
  ctx: Context,
  { ref, externalId, requestId }: Pick<ReturnRequest, 'ref' | 'externalId' | 'requestId'>,
): Promise<ReadSale> {
  const sale = await callFunction<Sale>(ctx.sql, 'read_sale', {
    ref,
    stores: visibleStores(ctx),
    back: { source: ctx.actor.ownSource, externalId },
    request: { scope: ctx.actor.client, requestId },
  });
  const { order } = sale;
  if (order === null) {
    await noteForeignOrder(ctx, ref, 'returnOrder');
    throw new OrderNotFound();
  }
  if (order.state === 'BEGUN' || order.state === 'CANCELLED' || order.state === 'EXPIRED') {
    throw new OrderNotCommitted(order.id);
  }
  return { ...sale, order };
}

/** What this request, or the same return under another requestId, was answered before. @throws IdempotencyConflict */
async function repeated(ctx: Context, sale: ReadSale, request: ReturnRequest): Promise<OrderReturned | null> {
  if (sale.request !== null) {
    const { operation, hash, reply } = sale.request;
    if (operation !== 'returnOrder' || hash !== requestHash(request)) throw new IdempotencyConflict();
    return reply as OrderReturned | null;
  }
  if (sale.back === null) return null;
  if (sale.back.hash !== request.contentHash) throw takenNumber();
  const { returnId } = sale.back;
  return callFunction<OrderReturned>(ctx.sql, 'return_told', { returnId, now: ctx.clock.now() });
}

function requestHash({ contentHash, receipts }: ReturnRequest): string {
  return hashContent({ contentHash, receipts });
}

/** The payload of `return_order`. @throws QuantityExceeded @throws InvalidInput for a part of a piece */
export async function posting(
  ctx: Context,
  sale: ReadSale,
  request: ReturnRequest,
): Promise<Record<string, unknown>> {
  const settings = await settingsOf(ctx, sale.order);
  const result = judgeReturn(sale, settings, request.returning);
  if ('notWhole' in result) throw partOfPiece(request, result.notWhole);
  const now = ctx.clock.now();
  const { occurredAt, skewed } = judgeTime(request.occurredAt, now);
  return {
    scope: ctx.actor.client,
    requestId: request.requestId,
    hash: requestHash(request),
    contentHash: request.contentHash,
    now,
    actor: callerName(ctx),
    skewed,
    ref: { id: sale.order.id },
    revision: sale.order.revision,
    restore: result.pointsRestored,
    claw: result.clawTarget,
    settings,
    pointValue: settings?.pointValueMinor[sale.order.currency] ?? 0,
    return: returnRow(sale.order, result, {
      source: ctx.actor.ownSource,
      externalId: request.externalId,
      occurredAt,
      now,
    }),
    lines: returnLineRows(result),
    receipts: request.receipts,
  };
}

function partOfPiece(request: ReturnRequest, number: number): Error {
  const index = request.returning?.findIndex((line) => line.number === number) ?? 0;
  return invalid(`lines.${index}.quantity`, 'RANGE', 'pieces come back whole');
}

/** A row of `order_return`; its profile is set by the posting function. */
export function returnRow(
  order: Pick<SaleRow, 'store_id' | 'currency'>,
  { moneyBack }: Pick<ReturnResult, 'moneyBack'>,
  facts: { source: string; externalId: string; occurredAt: Date; now: Date },
): Record<string, unknown> {
  return {
    id: newId(),
    source: facts.source,
    external_id: facts.externalId,
    store_id: order.store_id,
    currency: order.currency,
    occurred_at: facts.occurredAt,
    posted_at: facts.now,
    money_back: moneyBack,
    withheld: 0,
    points_restored: 0,
    points_clawed: 0,
    debt: 0,
    shortage: 0,
    flagged: false,
  };
}

export function returnLineRows({ lines }: Pick<ReturnResult, 'lines'>): Record<string, unknown>[] {
  return lines.map((line, index) => ({
    position: index + 1,
    number: line.number,
    sku: null,
    quantity_milli: line.quantityMilli,
    money_back: line.moneyBack,
    points_discount: line.pointsDiscount,
    print_lines: line.printLines,
  }));
}

export function returnRefusal(error: unknown): unknown {
  return error instanceof RefusedInSql && error.code === 'ReturnTaken' ? takenNumber() : refusalOf(error);
}

function takenNumber(): Error {
  return invalid('externalId', 'DUPLICATE', 'is the number of another return');
}
