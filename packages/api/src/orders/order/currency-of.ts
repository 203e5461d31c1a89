import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { OrderRef } from './order-ref.ts';
import type { ReceiptInput } from './receipt-input.ts';

/** What the money of receipts is in: of the till's store, else of the order; asked for only where money is given. */
export async function currencyOf(
  ctx: Context,
  ref: OrderRef,
  receipts: readonly Pick<ReceiptInput, 'total'>[],
): Promise<string> {
  const { till } = ctx.actor;
  if (till !== null) return till.currency;
  if (receipts.every(({ total }) => !total)) return 'XXX';
  const { rows } = await sql<{ currency: string }>`
    select orders.currency from public.order_place(${JSON.stringify(ref)}::jsonb) key
    join public.orders on orders.profile_id = key.profile_id and orders.id = key.order_id`.execute(ctx.sql);
  return rows[0]?.currency ?? 'RUB';
}
