import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { importOrders, parseMapping, type ImportOrders, type ImportReport } from '../exchange/index.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { asSystem } from './company.builders.ts';

/** A file of orders in the columns below, times on the wall of the store. */
export const HEADER = 'number,at,store,shopper,sku,quantity,price,discount';

export const mapping = parseMapping({
  name: 'test',
  columns: {
    externalId: 'number',
    occurredAt: 'at',
    storeCode: 'store',
    shopper: 'shopper',
    sku: 'sku',
    quantity: 'quantity',
    unitPrice: 'price',
    discount: 'discount',
  },
  returns: { prefix: 'R' },
  lineKinds: [{ kind: 'DELIVERY', earns: false, skus: ['delivery'] }],
  setAside: [{ quantity: 'NEGATIVE', unitPrice: 'ZERO', reason: 'written off' }],
});

/** @param rows lines of the file without its header; `STORE` stands for the store's code */
export async function anOrderFile(
  folder: string,
  store: { code: string },
  rows: readonly string[],
): Promise<string> {
  const path = join(folder, `${newId()}.csv`);
  await writeFile(path, `${[HEADER, ...rows].join('\n').replaceAll('STORE', store.code)}\n`);
  return path;
}

export function anImport(
  ctx: Context,
  input: Partial<ImportOrders> & { path: string; source: string },
): Promise<ImportReport> {
  return importOrders(asSystem(ctx), { mapping, ...input });
}

/** Orders of a source as `number state gross−discount=toPay earned by shopper`, in the order of numbers. */
export async function ordersOf(ctx: Context, source: string): Promise<string[]> {
  const { rows } = await sql<{ told: string }>`
    select o.external_id || ' ' || o.state || ' ' || o.gross || '-' || o.discount || '=' || o.to_pay || ' +' || o.earned || ' '
      || coalesce((select i.masked from identity i where i.profile_id = o.profile_id limit 1), lower(p.kind)) as told
    from orders o join profile p on p.id = o.profile_id where o.source = ${source} order by o.external_id`.execute(
    ctx.sql,
  );
  return rows.map(({ told }) => told);
}

/** Returns of a source as `number of order money −clawed`, in the order of numbers. */
export async function returnsOf(ctx: Context, source: string): Promise<string[]> {
  const { rows } = await sql<{ told: string }>`
    select k.external_id || ' of ' || coalesce(o.external_id, '-') || ' ' || r.money_back || ' -' || r.points_clawed as told
    from return_key k
    join order_return r on r.profile_id = k.profile_id and r.id = k.return_id
    left join orders o on o.profile_id = r.profile_id and o.id = r.order_id
    where k.source = ${source} order by k.external_id`.execute(ctx.sql);
  return rows.map(({ told }) => told);
}

/** Accounts of the persons of a source as `shopper active/pending/debt`, in the order of names. */
export async function balancesOf(ctx: Context, source: string): Promise<string[]> {
  const { rows } = await sql<{ told: string }>`
    select i.masked || ' ' || a.active || '/' || a.pending || '/' || a.debt as told
    from identity i join loyalty_account a on a.profile_id = i.profile_id
    where i.source = ${source} order by i.masked`.execute(ctx.sql);
  return rows.map(({ told }) => told);
}
