import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { parseOrderRef, type OrderRefInput } from '../order/order-ref.ts';
import {
  parseReturnLines,
  posting,
  readSale,
  returnRefusal,
  type OrderReturned,
  type ReturnLineInput,
} from './return-order.ts';

export interface ReturnDraft {
  order: OrderRefInput;
  /** Absent: everything left. */
  lines?: readonly ReturnLineInput[] | null | undefined;
}

export type ReturnQuote = Omit<OrderReturned, '__typename'> & { __typename: 'ReturnQuote' };

/**
 * What a return would give back and take. It is posted and taken back in one transaction: no second reading of the
 * rules of lots, debt and refunds can differ from the first. Writes nothing.
 * @throws QuantityExceeded @throws OrderNotFound @throws OrderNotCommitted @throws InvalidInput
 */
export async function previewReturn(ctx: Context, input: ReturnDraft): Promise<ReturnQuote> {
  const problems = new InputProblems();
  const ref = parseOrderRef(ctx, input.order, ['order'], problems);
  const returning = parseReturnLines(input.lines, problems);
  problems.refuseAny();
  const trial = newId();
  const request = {
    requestId: trial,
    ref,
    externalId: trial,
    occurredAt: null,
    returning,
    receipts: [],
    contentHash: trial,
  };
  const payload = await posting(ctx, await readSale(ctx, request), request);
  const answer = await taking(ctx, payload);
  return { ...answer, __typename: 'ReturnQuote' };
}

class TakenBack extends Error {
  readonly answer: OrderReturned;

  constructor(answer: OrderReturned) {
    super('taken back');
    this.answer = answer;
  }
}

async function taking(ctx: Context, payload: Record<string, unknown>): Promise<OrderReturned> {
  try {
    return await inTransaction(ctx, async (tx) => {
      throw new TakenBack(await callFunction<OrderReturned>(tx.sql, 'return_order', payload));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.answer;
    throw returnRefusal(error);
  }
}
