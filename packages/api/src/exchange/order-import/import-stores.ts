import { createStore } from '../../company/index.ts';
import { programOfBrand, type ProgramRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { ensureWalkIn } from '../../profiles/index.ts';
import { UnusableMapping } from '../exchange.errors.ts';
import type { OrderMapping } from './mapping.ts';
import type { ImportStore } from './row-reader.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface OpenedStores {
  readonly stores: readonly ImportStore[];
  /** By the store's position. */
  readonly programs: readonly (ProgramRecord | null)[];
  /** Of phones without a country code. */
  readonly country: string;
}

/**
 * The stores a file's orders may be of. The mapping's own one is made where it is missing, except in a dry run, which
 * writes nothing.
 * @throws UnusableMapping
 */
export async function openStores(
  ctx: Context,
  mapping: OrderMapping,
  dryRun: boolean,
): Promise<OpenedStores> {
  const rows = await readStores(ctx, mapping.store?.code);
  if (rows.length === 0 && mapping.store !== undefined) {
    if (dryRun) return missingStore(mapping.store);
    const brandId = await onlyBrand(ctx);
    await createStore(ctx, { ...mapping.store, brandId });
    return openStores(ctx, mapping, dryRun);
  }
  const [first] = rows;
  if (first === undefined) throw new UnusableMapping('there is no store yet');
  if (mapping.store !== undefined) refuseOther(mapping.store, first);
  const stores: ImportStore[] = [];
  for (const { id, code, time_zone, currency, walk_in_profile_id } of rows) {
    const walkInProfileId =
      walk_in_profile_id ?? (dryRun ? NOBODY : await ensureWalkIn(ctx, { storeId: id }));
    stores.push({ id, code, timeZone: time_zone, currency, walkInProfileId });
  }
  const programs = await Promise.all(rows.map((row) => programOfBrand(ctx, row.brand_id)));
  return { stores, programs, country: first.country };
}

function readStores(ctx: Context, code: string | undefined) {
  const all = ctx.sql
    .selectFrom('store')
    .select(['id', 'code', 'brand_id', 'time_zone', 'currency', 'country', 'walk_in_profile_id'])
    .orderBy('code');
  return (code === undefined ? all : all.where('code', '=', code)).execute();
}

async function onlyBrand(ctx: Context): Promise<string> {
  const brands = await ctx.sql.selectFrom('brand').select('id').orderBy('created_at').limit(2).execute();
  const [brand, another] = brands;
  if (brand === undefined) throw new UnusableMapping('there is no brand yet to make the store of');
  if (another !== undefined)
    throw new UnusableMapping('there are several brands: make the store first, in the brand it is of');
  return brand.id;
}

function missingStore(store: NonNullable<OrderMapping['store']>): OpenedStores {
  const { code, timeZone, currency, country } = store;
  return {
    stores: [{ id: NOBODY, code, timeZone, currency, walkInProfileId: NOBODY }],
    programs: [null],
    country,
  };
}

function refuseOther(
  wanted: NonNullable<OrderMapping['store']>,
  found: { time_zone: string; currency: string },
): void {
  if (found.currency !== wanted.currency || found.time_zone !== wanted.timeZone)
    throw new UnusableMapping(
      `the store ${wanted.code} is there, with ${found.currency} and ${found.time_zone} instead of ${wanted.currency} and ${wanted.timeZone}`,
    );
}
