import type { Condition } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { attributeDefinitions } from '../../profiles/index.ts';
import { readModels } from '../models/index.ts';
import type { Surroundings } from './surroundings.ts';

/** A company without stores yet. */
const NO_STORE_ZONE = 'Europe/Moscow';

/** That of the oldest store. */
export async function companyZone({ sql }: Pick<Context, 'sql'>): Promise<string> {
  const store = await sql
    .selectFrom('store')
    .select('time_zone as zone')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return store?.zone ?? NO_STORE_ZONE;
}

/**
 * @param segments conditions by the id of their segment, of all that may be named
 * @returns what conditions are judged by now
 */
export async function readSurroundings(
  ctx: Pick<Context, 'sql' | 'clock'>,
  segments: ReadonlyMap<string, Condition>,
): Promise<Surroundings> {
  const stores = await ctx.sql.selectFrom('store').select(['id', 'code', 'time_zone as zone']).execute();
  return {
    now: ctx.clock.now(),
    zone: await companyZone(ctx),
    stores: new Map(stores.map(({ code, ...store }) => [code, store])),
    segments,
    models: await readModels(ctx),
    attributes: new Map(
      (await attributeDefinitions(ctx)).map(({ code, ...definition }) => [code, definition]),
    ),
  };
}
