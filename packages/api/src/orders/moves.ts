import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { columnsOf, type ShopperRows } from '../profiles/index.ts';

/** What of this room belongs to a shopper. Purchases follow the person, and what they are found by with them. */
export const ORDER_ROWS: readonly ShopperRows[] = [
  {
    table: 'orders',
    atMerge: 'MOVE',
    lookups: [
      { table: 'order_key', column: 'order_id' },
      { table: 'receipt_key', column: 'order_id' },
    ],
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
    erase: forgetTags,
  },
  {
    table: 'order_line',
    atMerge: 'MOVE',
    with: { table: 'orders', column: 'order_id' },
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
    // One that came without its order is its own.
    key: 'id',
    with: { table: 'orders', column: 'order_id' },
    lookups: [
      { table: 'return_key', column: 'return_id' },
      { table: 'receipt_key', column: 'return_id' },
    ],
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
  {
    table: 'return_line',
    atMerge: 'MOVE',
    with: { table: 'order_return', column: 'return_id' },
    export: 'NOTHING',
    erase: 'KEEP',
  },
  {
    table: 'retro_grant',
    atMerge: 'MOVE',
    with: { table: 'orders', column: 'order_id' },
    export: 'NOTHING',
    erase: 'KEEP',
  },
];

/**
 * Tags may name somebody. Those the program's rules ask for stay with the purchase: a return is judged by the same rules
 * as the sale.
 */
async function forgetTags(tx: Context, profileId: string): Promise<void> {
  await sql`
    update public.orders o set terms = jsonb_set(o.terms, '{shopperTags}', (
      select coalesce(jsonb_agg(tag), '[]') from jsonb_array_elements(o.terms -> 'shopperTags') tag
      where exists (select from public.program_version v
        where v.id = o.version_id and position(tag::text in v.settings::text) > 0)))
    where o.profile_id = ${profileId} and jsonb_array_length(o.terms -> 'shopperTags') > 0`.execute(tx.sql);
}
