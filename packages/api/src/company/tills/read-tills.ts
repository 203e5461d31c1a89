import type { Context } from '../../platform/context.ts';

export interface StoreRecord {
  id: string;
  brandId: string;
  code: string;
  name: string;
  timeZone: string;
  currency: string;
  country: string;
  language: string;
  version: number;
  archivedAt: Date | null;
}

export interface TillRecord {
  id: string;
  name: string;
  kind: 'CASHIER' | 'KIOSK';
  source: string;
  version: number;
  createdAt: Date;
  /** When the device that is this till now was paired; null: no device yet. */
  pairedAt: Date | null;
  /** To the minute. */
  lastSeenAt: Date | null;
  revokedAt: Date | null;
  /** Of a code nobody has typed yet. */
  pairingExpiresAt: Date | null;
  store: StoreRecord;
}

/** Whoever asks: visibility is the caller's business. */
export async function readTills(ctx: Pick<Context, 'sql'>, ids: readonly string[]): Promise<TillRecord[]> {
  const rows = await selectTills(ctx)
    .where('till.id', 'in', [...ids])
    .execute();
  return rows.map(toTill);
}

export interface TillFilter {
  storeId?: string | null;
  /** Those that were revoked too. */
  revoked?: boolean;
  /** Store's name, till's name and id of the last one seen. */
  after: readonly [store: string, name: string, id: string] | null;
  limit: number;
}

/** Of the caller's stores that are in use, by store and name. */
export async function readTillsOf(
  ctx: Pick<Context, 'sql' | 'actor'>,
  { storeId, revoked = false, after, limit }: TillFilter,
): Promise<TillRecord[]> {
  const { storeIds } = ctx.actor;
  if (storeIds !== 'ALL' && storeIds.length === 0) return [];
  let query = selectTills(ctx)
    .where('store.archived_at', 'is', null)
    .orderBy('store.name')
    .orderBy('till.name')
    .orderBy('till.id')
    .limit(limit);
  if (storeIds !== 'ALL') query = query.where('store.id', 'in', [...storeIds]);
  if (storeId) query = query.where('store.id', '=', storeId);
  if (!revoked) query = query.where('till.revoked_at', 'is', null);
  if (after)
    query = query.where((eb) =>
      eb(eb.refTuple('store.name', 'till.name', 'till.id'), '>', eb.tuple(...after)),
    );
  return (await query.execute()).map(toTill);
}

function selectTills({ sql }: Pick<Context, 'sql'>) {
  return sql
    .selectFrom('till')
    .innerJoin('store', 'store.id', 'till.store_id')
    .select(['till.id', 'till.name', 'till.kind', 'till.source', 'till.version'])
    .select(['till.created_at as createdAt', 'till.paired_at as pairedAt', 'till.last_seen_at as lastSeenAt'])
    .select(['till.revoked_at as revokedAt', 'till.pairing_expires_at as pairingExpiresAt'])
    .select(['store.id as storeId', 'store.brand_id as brandId', 'store.code', 'store.name as storeName'])
    .select(['store.time_zone as timeZone', 'store.currency', 'store.country', 'store.language'])
    .select(['store.version as storeVersion', 'store.archived_at as archivedAt']);
}

type TillRow = Awaited<ReturnType<ReturnType<typeof selectTills>['execute']>>[number];

function toTill(row: TillRow): TillRecord {
  const { storeId, brandId, code, storeName, timeZone, currency, country, language, ...rest } = row;
  const { storeVersion, archivedAt, ...till } = rest;
  return {
    ...till,
    store: {
      id: storeId,
      brandId,
      code,
      name: storeName,
      timeZone,
      currency,
      country,
      language,
      version: storeVersion,
      archivedAt,
    },
  };
}
