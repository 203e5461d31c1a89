import { ROLES } from '@clientele/shared/permissions';
import type { Context } from '../platform/context.ts';
import { builder } from '../platform/graphql/builder.ts';
import { seesStore } from './callers/make-actor.ts';
import { readBrands, type BrandRecord } from './brands/read-brands.ts';
import type { SystemHealth } from './system/read-health.ts';
import { STORE_COLUMNS } from './stores/read-stores.ts';
import { readTills, type StoreRecord, type TillRecord } from './tills/read-tills.ts';

export type { StoreRecord, TillRecord } from './tills/read-tills.ts';

/** Types of this room that others name and extend; their fields stand in `company.graphql.ts`. */

export interface StaffRecord {
  id: string;
  name: string;
}

/** In the order of the ids; null where there is none for this caller. */
function inOrder<Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Stores of the caller, and of a receipt of its brand that was brought back. */
async function loadStores(ids: string[], ctx: Context): Promise<(StoreRecord | null)[]> {
  const rows = await ctx.sql.selectFrom('store').select(STORE_COLUMNS).where('id', 'in', ids).execute();
  const { actor } = ctx;
  return inOrder(
    ids,
    rows.filter((store) => seesStore(actor, store.id) || store.brandId === actor.brandId),
  );
}

async function loadTills(ids: string[], ctx: Context): Promise<(TillRecord | null)[]> {
  const tills = await readTills(ctx, ids);
  return inOrder(
    ids,
    tills.filter((till) => seesStore(ctx.actor, till.store.id)),
  );
}

async function loadStaff(ids: string[], ctx: Context): Promise<(StaffRecord | null)[]> {
  const { storeIds } = ctx.actor;
  const query = ctx.sql.selectFrom('staff').select(['id', 'name']).where('id', 'in', ids);
  const visible =
    storeIds === 'ALL'
      ? query
      : query.where('id', 'in', (eb) =>
          eb
            .selectFrom('staff_store')
            .select('staff_id')
            .where('store_id', 'in', [...storeIds]),
        );
  if (storeIds !== 'ALL' && storeIds.length === 0) return ids.map(() => null);
  return inOrder(ids, await visible.execute());
}

/** Those its stores belong to. */
export const BrandType = builder.loadableNodeRef('Brand', {
  id: { resolve: (brand: BrandRecord) => brand.id },
  load: async (ids: string[], ctx) => inOrder(ids, await readBrands(ctx, { ids })),
});

export const StoreType = builder.loadableNodeRef('Store', {
  id: { resolve: (store: StoreRecord) => store.id },
  load: loadStores,
});

export const TillType = builder.loadableNodeRef('Till', {
  id: { resolve: (till: TillRecord) => till.id },
  load: loadTills,
});

export const StaffType = builder.loadableNodeRef('Staff', {
  id: { resolve: (staff: StaffRecord) => staff.id },
  load: loadStaff,
});

export const StaffRoleEnum = builder.enumType('StaffRole', { values: ROLES });

export const TillKind = builder.enumType('TillKind', { values: ['CASHIER', 'KIOSK'] as const });

export const ArchiveInput = builder.inputType('ArchiveInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    archived: t.boolean({ required: true, description: 'false: taken back into use.' }),
  }),
});

/** Rooms above add what they know of themselves. */
export const SystemHealthType = builder.objectRef<SystemHealth>('SystemHealth');
