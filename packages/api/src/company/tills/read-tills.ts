import type { Context } from '../../platform/context.ts';

export interface StoreRecord {
  id: string;
  brandId: string;
  code: string;
  name: string;
  timeZone: string;
  currency: string;
}

export interface TillRecord {
  id: string;
  name: string;
  kind: 'CASHIER' | 'KIOSK';
  source: string;
  store: StoreRecord;
}

/** Whoever asks: visibility is the caller's business. */
export async function readTills(ctx: Pick<Context, 'sql'>, ids: readonly string[]): Promise<TillRecord[]> {
  const rows = await ctx.sql
    .selectFrom('till')
    .innerJoin('store', 'store.id', 'till.store_id')
    .select(['till.id', 'till.name', 'till.kind', 'till.source'])
    .select(['store.id as storeId', 'store.brand_id as brandId', 'store.code', 'store.name as storeName'])
    .select(['store.time_zone as timeZone', 'store.currency'])
    .where('till.id', 'in', [...ids])
    .execute();
  return rows.map(({ storeId, brandId, code, storeName, timeZone, currency, ...till }) => ({
    ...till,
    store: { id: storeId, brandId, code, name: storeName, timeZone, currency },
  }));
}
