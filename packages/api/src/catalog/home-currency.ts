import type { Context } from '../platform/context.ts';

/** The currency a price is in where nothing else says: of the caller's stores, else of the company's first store. */
export async function readHomeCurrency(ctx: Context): Promise<string> {
  const { storeIds } = ctx.actor;
  let query = ctx.sql.selectFrom('store').select('currency').orderBy('created_at').orderBy('id').limit(1);
  if (storeIds !== 'ALL' && storeIds.length > 0) query = query.where('id', 'in', [...storeIds]);
  const store = await query.executeTakeFirst();
  return store?.currency ?? 'RUB';
}
