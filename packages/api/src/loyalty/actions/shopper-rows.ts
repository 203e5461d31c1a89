import { sql } from 'kysely';
import { columnsOf, type ShopperRows } from '../../profiles/index.ts';

/** Grants stay with the profile they were written for; what a merge takes back stands in `take-duplicates.sql`. */
export const ACTION_ROWS: readonly ShopperRows[] = [
  {
    table: 'action_grant',
    atMerge: 'KEEP',
    export: columnsOf('actions', 'action_grant', {
      at: 'occurred_at',
      action: 'name',
      points: 'points',
      reason: 'reason',
    }),
    // What a site tells of an event may name somebody.
    erase: async (tx, profileId) => {
      await sql`update public.action_grant set once_key = '=' || id
        where profile_id = ${profileId} and once_key like '=%'`.execute(tx.sql);
    },
  },
];
