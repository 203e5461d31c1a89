import type { Context } from '../platform/context.ts';
import { columnsOf, moveRows, type ShopperRows } from '../profiles/index.ts';

/** What of this room belongs to a shopper. Purchases follow the person, and what they are found by with them. */
export const ORDER_ROWS: readonly ShopperRows[] = [
  {
    table: 'orders',
    atMerge: 'MOVE',
    move: moveOrders,
    export: columnsOf('orders', 'orders', {
      at: 'occurred_at',
      id: 'id',
      number: 'external_id',
      source: 'source',
      storeId: 'store_id',
      state: 'state',
      currency: 'currency',
      grossMinor: 'gross',
      discountMinor: 'discount',
      pointsSpent: 'points_spent',
      toPayMinor: 'to_pay',
      pointsEarned: 'earned',
    }),
    erase: 'KEEP',
  },
  {
    table: 'order_line',
    atMerge: 'MOVE',
    export: columnsOf('orderLines', 'order_line', {
      orderId: 'order_id',
      line: 'number',
      sku: 'sku',
      name: 'name',
      quantityMilli: 'quantity_milli',
      toPayMinor: 'to_pay',
    }),
    erase: 'KEEP',
  },
  {
    table: 'order_return',
    atMerge: 'MOVE',
    move: moveReturns,
    export: columnsOf('returns', 'order_return', {
      at: 'occurred_at',
      orderId: 'order_id',
      number: 'external_id',
      currency: 'currency',
      moneyBackMinor: 'money_back',
      pointsRestored: 'points_restored',
      pointsTakenBack: 'points_clawed',
    }),
    erase: 'KEEP',
  },
  { table: 'return_line', atMerge: 'MOVE', export: 'NOTHING', erase: 'KEEP' },
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
