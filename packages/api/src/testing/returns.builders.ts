import { returnOrder, type OrderReturned } from '../orders/index.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

/** Everything of a sale comes back to the caller's till. */
export function broughtBack(ctx: Context, externalId: string): Promise<OrderReturned> {
  return returnOrder(ctx, {
    requestId: newId(),
    order: { external: { id: externalId } },
    externalId: newId(),
    lines: null,
    receipts: [],
  });
}
