import { sql } from 'kysely';
import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { visibleStores } from '../caller.ts';
import { invalid } from '../../platform/errors.ts';
import { OrderNotFound, ReceiptTaken } from '../orders.errors.ts';
import type { OrderRef } from './order-ref.ts';
import { readOrders } from './read-orders.ts';

/**
 * Somebody named an order of a store that is not theirs. They hear that there is none; the audit hears more, whatever
 * becomes of this transaction.
 */
export async function noteForeignOrder(ctx: Context, ref: OrderRef, operation: string): Promise<void> {
  const stores = visibleStores(ctx);
  if (stores === null) return;
  const { rows } = await sql<{ orderId: string }>`
    select order_id as "orderId" from public.order_place(${JSON.stringify(ref)}::jsonb)
    where order_id is not null and not public.order_visible(store_id, ${JSON.stringify(stores)}::jsonb)`.execute(
    ctx.sql,
  );
  const [foreign] = rows;
  if (foreign === undefined) return;
  await audit(
    { ...ctx, sql: ctx.database.sql },
    { action: 'order.foreign', subject: `order:${foreign.orderId}`, facts: { operation } },
  );
}

/**
 * What the caller hears of a refused posting: another store's order is told of to nobody but the audit.
 * @throws always: the refusal, or InvalidInput where it would show another store's order
 */
export async function refusePosting(
  ctx: Context,
  refusal: unknown,
  named: { ref: OrderRef; operation: string },
): Promise<never> {
  if (refusal instanceof OrderNotFound) await noteForeignOrder(ctx, named.ref, named.operation);
  if (refusal instanceof ReceiptTaken) {
    const [holder] = await readOrders(ctx, [refusal.orderId]);
    if (!holder) throw invalid('receipts', 'DUPLICATE', 'is on an order elsewhere');
  }
  throw refusal;
}
