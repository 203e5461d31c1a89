import type { Context } from '../platform/context.ts';
import { moveRows, type ShopperRows } from '../profiles/index.ts';

/** What of this room belongs to a shopper. Purchases follow the person, and what they are found by with them. */
export const ORDER_ROWS: readonly ShopperRows[] = [
  { table: 'orders', atMerge: 'MOVE', move: moveOrders },
  { table: 'order_line', atMerge: 'MOVE' },
  { table: 'order_return', atMerge: 'MOVE', move: moveReturns },
  { table: 'return_line', atMerge: 'MOVE' },
];

async function moveOrders(tx: Context, from: string, to: string): Promise<void> {
  await moveRows(tx, 'orders', from, to);
  await tx.sql.updateTable('order_key').set({ profile_id: to }).where('profile_id', '=', from).execute();
  await tx.sql.updateTable('receipt_key').set({ profile_id: to }).where('profile_id', '=', from).execute();
}

async function moveReturns(tx: Context, from: string, to: string): Promise<void> {
  await moveRows(tx, 'order_return', from, to);
  await tx.sql.updateTable('return_key').set({ profile_id: to }).where('profile_id', '=', from).execute();
}
