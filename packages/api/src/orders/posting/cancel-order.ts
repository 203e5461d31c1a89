import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { hashContent } from '../../platform/database/idempotent.ts';
import { invalid } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { callerName, visibleStores } from '../caller.ts';
import { parseOrderRef, type OrderRefInput } from '../order/order-ref.ts';
import type { AccountShown } from '../order/shown-account.ts';
import { OrderNotFound } from '../orders.errors.ts';
import { refusalOf } from '../refusals.ts';

export interface CancelOrder {
  requestId: string;
  order: OrderRefInput;
  reason?: string | null | undefined;
}

export interface OrderCancelled extends AccountShown {
  __typename: 'OrderCancelled';
  /** Null: a number that was never begun. It is spent. */
  orderId: string | null;
}

/**
 * Nothing was sold: what is held is given back. Cancelling again is the same answer.
 * @throws AlreadyCommitted @throws IdempotencyConflict
 * @throws InvalidInput for an id or document that names no order of this caller
 */
export async function cancelOrder(ctx: Context, input: CancelOrder): Promise<OrderCancelled> {
  const problems = new InputProblems();
  const requestId = problems.text(input.requestId, ['requestId'], 200);
  const reason = input.reason ? (problems.text(input.reason, ['reason'], 500) ?? null) : null;
  const ref = parseOrderRef(ctx, input.order, ['order'], problems);
  problems.refuseAny();
  try {
    return await callFunction<OrderCancelled>(ctx.sql, 'cancel_order', {
      scope: ctx.actor.client,
      requestId,
      hash: hashContent({ ref, reason }),
      now: ctx.clock.now(),
      actor: callerName(ctx),
      stores: visibleStores(ctx),
      ref,
      reason,
      storeId: ctx.actor.till?.storeId ?? null,
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!(refusal instanceof OrderNotFound)) throw refusal;
    // Somebody tries orders that are none of theirs: staff may want to know.
    await audit(ctx, { action: 'order.cancel-refused', subject: 'order', facts: { ref } });
    throw invalid('order', 'UNKNOWN', 'there is no such order');
  }
}
