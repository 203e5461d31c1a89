import type { Condition } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import type { Surroundings } from '../language/index.ts';
import { readModels } from '../models/index.ts';

const NO_STORE_ZONE = 'Europe/Moscow';

/** Of the store that was there first. */
export async function companyZone({ sql: db }: Pick<Context, 'sql'>): Promise<string> {
  const store = await db
    .selectFrom('store')
    .select('time_zone')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return store?.time_zone ?? NO_STORE_ZONE;
}

/** What answers depend on besides the shoppers' rows. @param segments how those that others may name are computed */
export async function readSurroundings(
  ctx: Pick<Context, 'sql' | 'clock'>,
  segments: ReadonlyMap<string, Condition>,
): Promise<Surroundings> {
  const stores = await ctx.sql.selectFrom('store').select(['id', 'code', 'time_zone']).execute();
  return {
    now: ctx.clock.now(),
    zone: await companyZone(ctx),
    stores: new Map(stores.map(({ id, code, time_zone }) => [code, { id, zone: time_zone }])),
    segments,
    models: await readModels(ctx),
  };
}
