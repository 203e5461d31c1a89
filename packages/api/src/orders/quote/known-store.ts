import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';

/** What of a store decides which promotions are read with a basket. */
export interface KnownStore {
  readonly brandId: string;
  readonly currency: string;
}

const remembered = new WeakMap<Database, Map<string, KnownStore>>();

/**
 * The store of a draft, before it is read: a till knows its own; of a key's it is remembered by its code, one statement
 * for the first. What is read afterwards has the last word (`storeIsOther`).
 * @returns null for a code of no store
 */
export async function knownStore(
  { actor, database, sql }: Context,
  storeCode: string | null,
): Promise<KnownStore | null> {
  if (actor.till !== null) return actor.till;
  if (storeCode === null) return null;
  const stores = remembered.get(database) ?? new Map<string, KnownStore>();
  remembered.set(database, stores);
  const known = stores.get(storeCode);
  if (known !== undefined) return known;
  const row = await sql
    .selectFrom('store')
    .select(['brand_id as brandId', 'currency'])
    .where('code', '=', storeCode)
    .executeTakeFirst();
  if (row !== undefined) stores.set(storeCode, row);
  return row ?? null;
}

/** Whether the store is not what was remembered; it is remembered anew. */
export function storeIsOther(
  { database }: Context,
  known: KnownStore | null,
  read: (KnownStore & { readonly code: string }) | null,
): boolean {
  if (read === null) return false;
  if (known?.brandId === read.brandId && known.currency === read.currency) return false;
  remembered.get(database)?.set(read.code, { brandId: read.brandId, currency: read.currency });
  return true;
}
