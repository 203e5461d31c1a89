import type { Context } from '../../platform/context.ts';

export interface Place {
  /** ISO 3166-1 alpha-2: of phones dialled without a country code. */
  country: string;
  /** Of messages: `ru`, `en`. */
  language: string;
}

const NOWHERE: Place = { country: 'RU', language: 'ru' };

/** Where the caller is: the till's store, else its first store. */
export async function placeOf(ctx: Context): Promise<Place> {
  if (ctx.actor.till !== null) return ctx.actor.till;
  const { storeIds } = ctx.actor;
  if (storeIds !== 'ALL' && storeIds.length === 0) return NOWHERE;
  const query = ctx.sql.selectFrom('store').select(['country', 'language']).orderBy('code').limit(1);
  const store = await (
    storeIds === 'ALL' ? query : query.where('id', 'in', [...storeIds])
  ).executeTakeFirst();
  return store ?? NOWHERE;
}
