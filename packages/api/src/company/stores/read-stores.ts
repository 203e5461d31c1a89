import type { Context } from '../../platform/context.ts';
import type { StoreRecord } from '../tills/read-tills.ts';

export interface StoreFilter {
  brandId?: string | null;
  /** Part of the code or the name. */
  search?: string | null;
  archived?: boolean;
  /** Name and id of the last one seen. */
  after: readonly [name: string, id: string] | null;
  limit: number;
}

export const STORE_COLUMNS = [
  'store.id',
  'store.brand_id as brandId',
  'store.code',
  'store.name',
  'store.time_zone as timeZone',
  'store.currency',
  'store.country',
  'store.language',
  'store.version',
  'store.archived_at as archivedAt',
] as const;

/** Of the caller's stores, by name. */
export async function readStores(
  { sql, actor }: Pick<Context, 'sql' | 'actor'>,
  { brandId, search, archived = false, after, limit }: StoreFilter,
): Promise<StoreRecord[]> {
  if (actor.storeIds !== 'ALL' && actor.storeIds.length === 0) return [];
  let query = sql.selectFrom('store').select(STORE_COLUMNS).orderBy('name').orderBy('id').limit(limit);
  if (actor.storeIds !== 'ALL') query = query.where('id', 'in', [...actor.storeIds]);
  if (!archived) query = query.where('archived_at', 'is', null);
  if (brandId) query = query.where('brand_id', '=', brandId);
  if (search) {
    const like = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where((eb) => eb.or([eb('name', 'ilike', like), eb('code', 'ilike', like)]));
  }
  if (after) query = query.where((eb) => eb(eb.refTuple('name', 'id'), '>', eb.tuple(after[0], after[1])));
  return query.execute();
}
