import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { hashContent } from '../../platform/database/idempotent.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { callerName, visibleStores } from '../caller.ts';
import { currencyOf } from '../order/currency-of.ts';
import { refusePosting } from '../order/foreign-order.ts';
import { parseOrderRef, type OrderRefInput } from '../order/order-ref.ts';
import { parseReceipts, type ReceiptInput } from '../order/receipt-input.ts';
import type { AccountShown } from '../order/shown-account.ts';
import { applyReturnsAfterCommit } from '../records/returns/apply-waiting.ts';
import { refusalOf } from '../refusals.ts';
import { judgeTime } from './skew.ts';

export interface CommitOrder {
  requestId: string;
  order: OrderRefInput;
  occurredAt?: Date | null | undefined;
  receipts: readonly ReceiptInput[];
}

export interface OrderCommitted extends AccountShown {
  __typename: 'OrderCommitted';
  orderId: string;
  earned: number;
  activateAt: string | null;
  /** Points taken without cover. */
  overdrawn: number;
  /** Goods of it came back before it was told: their returns wait for it. */
  awaited: boolean;
}

/**
 * The sale is a fact: with a receipt it is never refused, whatever became of the order; further receipts are added.
 * @throws OrderNotFound @throws AlreadyCancelled without a receipt @throws ReceiptTaken @throws IdempotencyConflict
 * @throws InvalidInput
 */
export async function commitOrder(ctx: Context, input: CommitOrder): Promise<OrderCommitted> {
  const problems = new InputProblems();
  const requestId = problems.text(input.requestId, ['requestId'], 200);
  const ref = parseOrderRef(ctx, input.order, ['order'], problems);
  const currency = await currencyOf(ctx, ref, input.receipts);
  const receipts = parseReceipts(input.receipts, currency, ['receipts'], problems);
  problems.refuseAny();
  const now = ctx.clock.now();
  const answer = await callFunction<OrderCommitted>(ctx.sql, 'commit_order', {
    scope: ctx.actor.client,
    requestId,
    hash: hashContent({ ref, receipts, occurredAt: input.occurredAt ?? null }),
    now,
    actor: callerName(ctx),
    stores: visibleStores(ctx),
    ref,
    ...judgeTime(input.occurredAt, now),
    receipts,
  }).catch((error: unknown) => refusePosting(ctx, refusalOf(error), { ref, operation: 'commitOrder' }));
  if (answer.awaited) await applyReturnsAfterCommit(ctx, answer.orderId);
  return answer;
}
