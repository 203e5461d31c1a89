import type { PrintLine } from '@clientele/shared/money';
import type { SoldLine } from '@clientele/shared/receipt';
import type { PoolClient } from 'pg';
import type { FrozenTerms } from '../../orders/index.ts';
import type { PurchasedLine, ReturnDocument } from './match-returns.ts';

/** A return document of the file. */
export interface DocumentRow extends ReturnDocument {
  readonly profileId: string;
  /** False: by nobody known, so nothing can be told about the purchase. */
  readonly known: boolean;
  readonly store: number;
  readonly contentHash: string;
}

/** An order as far as its return is calculated; the fields that are not readonly follow the returns of the batch. */
export interface ReturnableOrder {
  readonly id: string;
  readonly occurredAt: number;
  readonly currency: string;
  readonly programId: string | null;
  readonly versionId: string | null;
  readonly earned: number;
  readonly terms: FrozenTerms | null;
  readonly lines: readonly SoldLine[];
  readonly earlier: { number: number; quantityMilli: number; moneyBack: number; pointsDiscount: number }[];
  clawed: number;
  revision: number;
}

/** Everybody with new returns in the file, numbered for batches. */
export const LIST_RETURNING = `
  create unlogged table import_returning with (autovacuum_enabled = off) as
  select (row_number() over (order by profile_id))::integer as number, profile_id
  from (
    select distinct coalesce(person.profile_id, store.walk_in) as profile_id
    from import_order o
    join import_store store on store.number = o.store
    left join import_person person on person.shopper = o.shopper
    where o.is_return and o.status = 'NEW'
  ) returning_shopper`;

export async function readDocuments(client: PoolClient, from: number, to: number): Promise<DocumentRow[]> {
  const { rows } = await client.query<Omit<DocumentRow, 'occurredAt'> & { occurredAt: Date }>(
    `select r.profile_id as "profileId", o.external_id as "externalId", o.occurred_at as "occurredAt", o.store,
       o.content_hash as "contentHash", o.shopper is not null as known,
       (select jsonb_agg(jsonb_build_object('sku', l.sku, 'unitPrice', l.unit_price, 'quantityMilli', l.quantity_milli,
          'moneyBack', l.gross - l.discount) order by l.row)
        from import_line l where l.run = o.run and l.set_aside is null) as lines
     from import_returning r
     join (
       select o.*, coalesce(person.profile_id, store.walk_in) as profile_id from import_order o
       join import_store store on store.number = o.store
       left join import_person person on person.shopper = o.shopper
       where o.is_return and o.status = 'NEW'
     ) o on o.profile_id = r.profile_id
     where r.number between $1 and $2
     order by r.number, o.occurred_at, o.external_id`,
    [from, to],
  );
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.getTime() }));
}

/**
 * What these people bought from this source of the goods on the documents. Purchases partly paid by points are left
 * out: giving points back is a decision of a till, not of a file.
 */
export async function readPurchases(
  client: PoolClient,
  source: string,
  profiles: readonly string[],
  documents: readonly DocumentRow[],
): Promise<(PurchasedLine & { readonly profileId: string })[]> {
  const skus = [...new Set(documents.flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
  if (profiles.length === 0 || skus.length === 0) return [];
  const { rows } = await client.query<
    Omit<PurchasedLine, 'occurredAt'> & { profileId: string; occurredAt: Date }
  >(
    `select o.profile_id as "profileId", o.id as "orderId", o.external_id as "externalId", o.occurred_at as "occurredAt",
       l.number, l.sku, l.unit_price as "unitPrice", l.quantity_milli - l.returned_milli as "leftMilli"
     from public.orders o join public.order_line l on l.profile_id = o.profile_id and l.order_id = o.id
     where o.profile_id = any ($1::uuid[]) and o.source = $2 and o.state in ('COMMITTED', 'PARTIALLY_RETURNED')
       and o.points_spent = 0 and l.sku = any ($3::text[]) and l.quantity_milli > l.returned_milli`,
    [profiles, source, skus],
  );
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.getTime() }));
}

interface OrderRow extends Omit<ReturnableOrder, 'occurredAt' | 'lines' | 'earlier'> {
  readonly occurredAt: Date;
  readonly lines: (Omit<SoldLine, 'pointsDiscount' | 'printLines'> & { printLines: PrintLine[] })[];
  readonly earlier: ReturnableOrder['earlier'];
}

export async function readOrders(
  client: PoolClient,
  profiles: readonly string[],
  orders: readonly string[],
): Promise<Map<string, ReturnableOrder>> {
  if (orders.length === 0) return new Map();
  const { rows } = await client.query<OrderRow>(
    `select o.id, o.occurred_at as "occurredAt", o.currency, o.program_id as "programId", o.version_id as "versionId",
       o.earned, o.terms, o.revision,
       coalesce((select sum(r.points_clawed + r.shortage) from public.order_return r
         where r.profile_id = o.profile_id and r.order_id = o.id), 0)::bigint as clawed,
       (select jsonb_agg(jsonb_build_object('number', l.number, 'sku', l.sku, 'quantityMilli', l.quantity_milli,
          'net', l.gross - l.discount, 'toPay', l.to_pay, 'earnable', l.earnable, 'printLines', l.print_lines) || l.goods
          order by l.number)
        from public.order_line l where l.profile_id = o.profile_id and l.order_id = o.id) as lines,
       coalesce((select jsonb_agg(jsonb_build_object('number', l.number, 'quantityMilli', l.quantity_milli,
          'moneyBack', l.money_back, 'pointsDiscount', l.points_discount))
        from public.order_return r join public.return_line l on l.profile_id = r.profile_id and l.return_id = r.id
        where r.profile_id = o.profile_id and r.order_id = o.id), '[]') as earlier
     from public.orders o where o.profile_id = any ($1::uuid[]) and o.id = any ($2::uuid[])`,
    [profiles, [...new Set(orders)]],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        occurredAt: row.occurredAt.getTime(),
        lines: row.lines.map((line) => ({ ...line, pointsDiscount: 0 })),
      },
    ]),
  );
}
