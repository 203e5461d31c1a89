import { sql } from 'kysely';
import { EVENT_ROWS } from './activity/index.ts';
import { IMPORT_ROWS } from './exchange/index.ts';
import { LOYALTY_ROWS } from './loyalty/index.ts';
import { MESSAGE_ROWS } from './messaging/index.ts';
import { GRANT_ROWS, PROMOTION_USE_ROWS } from './offers/index.ts';
import { ORDER_ROWS } from './orders/index.ts';
import type { Context } from './platform/context.ts';
import { SEGMENT_ROWS } from './segments/index.ts';
import { PROFILE_ROWS, type ShopperRows } from './profiles/index.ts';

/**
 * What becomes of every table of a shopper's: when two profiles turn out to be one person, when they ask for their data,
 * when they are erased. In this order.
 */
export const SHOPPER_ROWS: readonly ShopperRows[] = [
  ...PROFILE_ROWS,
  ...EVENT_ROWS,
  ...SEGMENT_ROWS,
  ...GRANT_ROWS,
  ...LOYALTY_ROWS,
  ...ORDER_ROWS,
  ...PROMOTION_USE_ROWS,
  ...MESSAGE_ROWS,
  ...IMPORT_ROWS,
  // What happened stays told of whom it was told.
  { table: 'outbox_event', atMerge: 'KEEP', export: 'NOTHING', erase: eraseTold },
];

/** Addresses and codes travel sealed, under names that say so; ids and sums stay. */
async function eraseTold(tx: Context, profileId: string): Promise<void> {
  await sql`
    update public.outbox_event set payload = (
      select coalesce(jsonb_object_agg(name, value), '{}') from jsonb_each(payload) as told (name, value)
      where name not like 'sealed%')
    where profile_id = ${profileId} and exists (
      select from jsonb_object_keys(payload) as name where name like 'sealed%')`.execute(tx.sql);
}
