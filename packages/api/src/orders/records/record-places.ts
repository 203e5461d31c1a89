import { seesStore } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { visibleStores } from '../caller.ts';

export interface RecordStore {
  readonly id: string;
  readonly code: string;
  readonly brandId: string;
  readonly currency: string;
  /** ISO 3166-1 alpha-2: of phones without a country code. */
  readonly country: string;
}

/** What records name of the company. */
export interface RecordPlaces {
  /** Of the caller, by code. */
  readonly stores: ReadonlyMap<string, RecordStore>;
  /** Ids of staff, of the caller's stores. */
  readonly staff: ReadonlySet<string>;
}

export interface NamesPlaces {
  readonly storeCode?: string | null | undefined;
  readonly cashierId?: string | null | undefined;
}

/** Stores and staff that records name, in one statement. */
export async function readPlaces(ctx: Context, records: readonly NamesPlaces[]): Promise<RecordPlaces> {
  const codes = records.map(({ storeCode }) => (storeCode ?? ctx.actor.till?.storeCode ?? '').trim());
  const staffIds = records.flatMap(({ cashierId }) => (cashierId ? (localId(cashierId, 'Staff') ?? []) : []));
  const { stores, staff } = await callFunction<{ stores: RecordStore[]; staff: string[] }>(
    ctx.sql,
    'read_record_places',
    { codes: [...new Set(codes)], staffIds: [...new Set(staffIds)], stores: visibleStores(ctx) },
  );
  const visible = stores.filter(({ id }) => seesStore(ctx.actor, id));
  return { stores: new Map(visible.map((store) => [store.code, store])), staff: new Set(staff) };
}
