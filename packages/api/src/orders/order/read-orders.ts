import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { seesStore } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { OrderState } from './order.entity.ts';
import type { OrderRef } from './order-ref.ts';

type OrderRow = Selectable<Tables['orders']>;

/** An order as it is at this moment. */
export interface OrderRecord extends OrderRow {
  /** Found by its paper in another store of the brand: whose it is stays hidden. */
  readonly hidden: boolean;
}

export type OrderLineRecord = Selectable<Tables['order_line']>;
export type ReceiptRecord = Selectable<Tables['receipt_key']>;
export type OrderReturnRecord = Selectable<Tables['order_return']>;

/** A begun order whose time is over has expired, whether or not anybody has looked. */
export function recordOf(ctx: Context, row: OrderRow, hidden = false): OrderRecord {
  const over =
    row.state === 'BEGUN' && row.hold_expires_at !== null && row.hold_expires_at <= ctx.clock.now();
  const state: OrderState = over ? 'EXPIRED' : row.state;
  return { ...row, state, hidden };
}

/** The caller's orders by id, in the order of the ids; null where there is none for this caller. */
export async function readOrders(ctx: Context, ids: readonly string[]): Promise<(OrderRecord | null)[]> {
  const rows = await ctx.sql
    .selectFrom('order_key')
    .innerJoin('orders', (join) =>
      join
        .onRef('orders.profile_id', '=', 'order_key.profile_id')
        .onRef('orders.id', '=', 'order_key.order_id'),
    )
    .selectAll('orders')
    .where('order_key.order_id', 'in', [...ids])
    .execute();
  const visible = new Map(rows.filter((row) => maySee(ctx, row)).map((row) => [row.id, recordOf(ctx, row)]));
  return ids.map((id) => visible.get(id) ?? null);
}

/**
 * One order. By its receipt it is found in every store of the caller's brand: the paper is the proof.
 * @returns null where there is none for this caller
 */
export async function findOrder(ctx: Context, ref: OrderRef): Promise<OrderRecord | null> {
  const { rows } = await sql<OrderRow & { brand_id: string }>`
    select orders.*, store.brand_id from public.order_place(${JSON.stringify(ref)}::jsonb) key
    join public.orders on orders.profile_id = key.profile_id and orders.id = key.order_id
    join public.store on store.id = orders.store_id`.execute(ctx.sql);
  const [row] = rows;
  if (row === undefined) return null;
  if (maySee(ctx, row)) return recordOf(ctx, row);
  return 'fiscalDrive' in ref && (await ofSameBrand(ctx, row.brand_id)) ? recordOf(ctx, row, true) : null;
}

/** By a node's id nobody comes to orders who has nothing to do with them. */
function maySee({ actor }: Context, row: Pick<OrderRow, 'profile_id' | 'store_id'>): boolean {
  if (![...actor.scopes].some((scope) => scope.startsWith('orders.'))) return false;
  if (actor.kind === 'SHOPPER') return row.profile_id === actor.profileId;
  return seesStore(actor, row.store_id);
}

async function ofSameBrand({ actor, sql: db }: Context, brandId: string): Promise<boolean> {
  if (actor.kind === 'SHOPPER') return false;
  if (actor.brandId !== null || actor.storeIds === 'ALL') return actor.brandId === brandId;
  if (actor.storeIds.length === 0) return false;
  const store = await db
    .selectFrom('store')
    .select('id')
    .where('id', 'in', [...actor.storeIds])
    .where('brand_id', '=', brandId)
    .limit(1)
    .executeTakeFirst();
  return store !== undefined;
}

/** Lines of orders named `profile:order`, one list a name. */
export async function readLines(ctx: Context, keys: readonly string[]): Promise<OrderLineRecord[][]> {
  const pairs = keys.map(splitKey);
  const rows = await ctx.sql
    .selectFrom('order_line')
    .selectAll()
    .where((eb) =>
      eb(
        eb.refTuple('profile_id', 'order_id'),
        'in',
        pairs.map((pair) => eb.tuple(pair.profileId, pair.id)),
      ),
    )
    .orderBy('number')
    .execute();
  return pairs.map(({ id }) => rows.filter((row) => row.order_id === id));
}

/** Fiscal documents of sales, by order id. */
export async function readSaleReceipts(
  ctx: Context,
  orderIds: readonly string[],
): Promise<ReceiptRecord[][]> {
  const rows = await ctx.sql
    .selectFrom('receipt_key')
    .selectAll()
    .where('order_id', 'in', [...orderIds])
    .where('return_id', 'is', null)
    .orderBy('fiscal_drive')
    .orderBy('fiscal_document')
    .execute();
  return orderIds.map((id) => rows.filter((row) => row.order_id === id));
}

export async function readReturnReceipts(
  ctx: Context,
  returnIds: readonly string[],
): Promise<ReceiptRecord[][]> {
  const rows = await ctx.sql
    .selectFrom('receipt_key')
    .selectAll()
    .where('return_id', 'in', [...returnIds])
    .orderBy('fiscal_drive')
    .orderBy('fiscal_document')
    .execute();
  return returnIds.map((id) => rows.filter((row) => row.return_id === id));
}

/** Returns of orders named `profile:order`, oldest first. */
export async function readReturnsOf(ctx: Context, keys: readonly string[]): Promise<OrderReturnRecord[][]> {
  const pairs = keys.map(splitKey);
  const rows = await ctx.sql
    .selectFrom('order_return')
    .selectAll()
    .where((eb) =>
      eb(
        eb.refTuple('profile_id', 'order_id'),
        'in',
        pairs.map((pair) => eb.tuple(pair.profileId, pair.id)),
      ),
    )
    .orderBy('posted_at')
    .orderBy('id')
    .execute();
  return pairs.map(({ id }) => rows.filter((row) => row.order_id === id));
}

/** The caller's returns by id, in the order of the ids. */
export async function readReturns(
  ctx: Context,
  ids: readonly string[],
): Promise<(OrderReturnRecord | null)[]> {
  const rows = await ctx.sql
    .selectFrom('return_key')
    .innerJoin('order_return', (join) =>
      join
        .onRef('order_return.profile_id', '=', 'return_key.profile_id')
        .onRef('order_return.id', '=', 'return_key.return_id'),
    )
    .selectAll('order_return')
    .where('return_key.return_id', 'in', [...ids])
    .execute();
  const visible = rows.filter((row) => maySee(ctx, row));
  return ids.map((id) => visible.find((row) => row.id === id) ?? null);
}

/** How lists are loaded by an order: its two ids in one text. */
export function orderKey({ profile_id, id }: Pick<OrderRow, 'profile_id' | 'id'>): string {
  return `${profile_id}:${id}`;
}

function splitKey(key: string): { profileId: string; id: string } {
  const [profileId = '', id = ''] = key.split(':');
  return { profileId, id };
}
