import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database/database.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { newId } from '../platform/ids.ts';
import { aContext, aMember, aReceipt, aShop, balanceOf, type Shop } from './orders.builders.ts';
import {
  recordOrders,
  recordReturns,
  type OrderResult,
  type RecordedOrderInput,
  type RecordedReturnInput,
  type ReturnResult,
} from '../orders/index.ts';

/** A purchase of 1 000.00 by nobody known, an hour before the clock of `aContext`. */
export function aRecord(shop: Shop, facts: Partial<RecordedOrderInput> = {}): RecordedOrderInput {
  return {
    externalId: newId(),
    occurredAt: new Date('2026-11-20T11:00:00Z'),
    storeCode: shop.storeCode,
    channel: 'STORE',
    lines: [{ sku: 'goods', quantity: '1', unitPrice: '1000.00' }],
    cancelled: false,
    receipts: [],
    ...facts,
  };
}

/** One piece of goods that came back ten minutes before the clock of `aContext`. */
export function aReturnRecord(facts: Partial<RecordedReturnInput> = {}): RecordedReturnInput {
  return {
    externalId: newId(),
    occurredAt: new Date('2026-11-20T11:50:00Z'),
    lines: [{ sku: 'goods', quantity: '1' }],
    receipts: [],
    ...facts,
  };
}

/** Records as a shop on the web, a source of its own. */
export async function record(
  ctx: Context,
  source: string,
  ...orders: RecordedOrderInput[]
): Promise<OrderResult[]> {
  return (await recordOrders(ctx, { source, orders })).results;
}

export async function recordBack(
  ctx: Context,
  source: string,
  ...returns: RecordedReturnInput[]
): Promise<ReturnResult[]> {
  return (await recordReturns(ctx, { source, returns })).results;
}

export function statuses(results: readonly { status: string }[]): string[] {
  return results.map(({ status }) => status);
}

/** A mobile number nobody has. */
export function aFreshPhone(): string {
  phones += 1;
  return `+7916${String((process.pid % 1_000) * 10_000 + phones).padStart(7, '0')}`;
}

let phones = 0;

/** What a purchase comes to in the end, however it was told. */
export async function finalSums(ctx: Context, shop: Shop, source: string, externalId: string) {
  const order = await ctx.sql
    .selectFrom('order_key as key')
    .innerJoin('orders', (join) =>
      join.onRef('orders.profile_id', '=', 'key.profile_id').onRef('orders.id', '=', 'key.order_id'),
    )
    .select(['orders.id', 'orders.profile_id', 'state', 'to_pay', 'identified_at'])
    .where('key.source', '=', source)
    .where('key.external_id', '=', externalId)
    .executeTakeFirstOrThrow();
  const returns = await ctx.sql
    .selectFrom('order_return')
    .select('money_back')
    .where('order_id', '=', order.id)
    .execute();
  const lines = await ctx.sql
    .selectFrom('order_line')
    .select(['number', 'returned_milli'])
    .where('order_id', '=', order.id)
    .orderBy('number')
    .execute();
  return {
    state: order.state,
    toPay: order.to_pay,
    known: order.identified_at !== null,
    moneyBack: returns.map(({ money_back }) => money_back),
    returned: lines.map(({ returned_milli }) => returned_milli),
    balance: await balanceOf(ctx, shop, order.profile_id),
  };
}

/** A recorded purchase of a dress, two equal lines of socks and a weighed fabric by a member: 4 150.00, 123 points. */
export async function aPurchase(database: Database) {
  const ctx = aContext(database);
  const shop = await aShop(ctx);
  const source = `web-${newId()}`;
  const shopper = await aMember(ctx, shop);
  const sale = aRecord(shop, {
    externalId: 'A-1',
    profile: { id: globalId('Profile', shopper) },
    receipts: [aReceipt('4150.00')],
    lines: [
      { sku: 'dress', quantity: '1', unitPrice: '3000.00' },
      { sku: 'socks', quantity: '2', unitPrice: '100.00' },
      { sku: 'socks', quantity: '3', unitPrice: '150.00' },
      { sku: 'fabric', quantity: '2.5', unitPrice: '200.00' },
    ],
  });
  const order = { external: { id: 'A-1' } };
  return { ctx, shop, source, shopper, sale, order };
}

export function returnRow(ctx: Context, id: string | null | undefined) {
  return ctx.sql
    .selectFrom('order_return')
    .select(['order_id', 'money_back', 'points_clawed', 'points_restored', 'flagged', 'withheld', 'store_id'])
    .where('id', '=', id ?? '')
    .executeTakeFirstOrThrow();
}
