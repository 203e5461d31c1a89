import { columnsOf, type ShopperRows } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from 'kysely';
import { allPrograms } from '../program/programs.ts';
import { countTiers } from './count-tiers.ts';
import { hasTiers } from './ladders.ts';

/** What tiers are counted from follows the purchases; whoever they leave or come to is counted at once. */
export const TIER_ROWS: readonly ShopperRows[] = [
  {
    table: 'tier_entry',
    atMerge: 'MOVE',
    move: async (tx, from, to) => {
      await sql`select public.move_tier_entries(${from}, ${to})`.execute(tx.sql);
      await countIn(tx, [to], 'MERGE');
    },
    unmove: async (tx, { survivorId, profileId, keysOf }) => {
      await sql`select public.move_tier_entries(${survivorId}, ${profileId}, ${[...keysOf('orders')]}::uuid[])`.execute(
        tx.sql,
      );
      await countIn(tx, [survivorId, profileId], 'UNMERGE');
    },
    export: 'NOTHING',
    erase: 'KEEP',
  },
  { table: 'tier_progress', atMerge: 'KEEP', export: 'NOTHING', erase: 'DELETE' },
  {
    table: 'tier_change',
    atMerge: 'KEEP',
    export: columnsOf('tiers', 'tier_change', {
      at: 'changed_at',
      tierBefore: 'from_name',
      tierAfter: 'to_name',
      reason: 'reason',
    }),
    erase: async (tx, profileId) => {
      await tx.sql
        .updateTable('tier_change')
        .set({ note: null })
        .where('profile_id', '=', profileId)
        .execute();
    },
  },
];

async function countIn(
  tx: Context,
  profileIds: readonly string[],
  reason: 'MERGE' | 'UNMERGE',
): Promise<void> {
  for (const program of await allPrograms(tx))
    if (hasTiers(program)) await countTiers(tx, program, profileIds, { reason });
}
