import type { Context } from '../../platform/context.ts';

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
