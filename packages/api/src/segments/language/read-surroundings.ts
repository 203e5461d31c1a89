import type { Condition } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { readModels } from '../models/index.ts';
import type { Surroundings } from './surroundings.ts';

/** A company without stores yet. */
const NO_STORE_ZONE = 'Europe/Moscow';

/**
 * @param segments conditions by the id of their segment, of all that may be named
 * @returns what conditions are judged by now. The company's zone is that of its oldest store.
 */
export async function readSurroundings(
  ctx: Pick<Context, 'sql' | 'clock'>,
  segments: ReadonlyMap<string, Condition>,
): Promise<Surroundings> {
  const stores = await ctx.sql
    .selectFrom('store')
    .select(['id', 'code', 'time_zone as zone'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return {
    now: ctx.clock.now(),
    zone: stores[0]?.zone ?? NO_STORE_ZONE,
    stores: new Map(stores.map(({ code, ...store }) => [code, store])),
    segments,
    models: await readModels(ctx),
  };
}
