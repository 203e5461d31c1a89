import { columnsOf, type ShopperRows } from '../../profiles/index.ts';
import { giveDuplicatesBack, takeDuplicates } from '../actions/merge-grants.ts';
import { ACTION_ROWS } from '../actions/shopper-rows.ts';
import { TIER_ROWS } from '../tiers/shopper-rows.ts';
import { mergeAccounts, unmergeAccounts, type AccountsMerged } from './merge-accounts.ts';

/**
 * What becomes of this room's rows at a merge, an export and an erasure. The ledger is kept whole for good: it knows
 * profiles by number only.
 */
export const LOYALTY_ROWS: readonly ShopperRows[] = [
  // Takes what is left of the lots and the open holds along, by journals.
  {
    table: 'loyalty_account',
    atMerge: 'MOVE',
    move: async (tx, from, to, mergeId) => {
      await takeDuplicates(tx, from, to, mergeId);
      return mergeAccounts(tx, { from, into: to, mergeId });
    },
    unmove: async (tx, { mergeId, survivorId, profileId, facts, keysOf, whatRemains }) => {
      await unmergeAccounts(tx, {
        profileId,
        survivorId,
        mergeId,
        merged: facts as AccountsMerged,
        orderIds: keysOf('orders'),
        whatRemains,
      });
      await giveDuplicatesBack(tx, profileId, mergeId);
    },
    export: columnsOf('pointsAccounts', 'loyalty_account', {
      programId: 'program_id',
      status: 'status',
      active: 'active',
      pending: 'pending',
      held: 'held',
      debt: 'debt',
      tier: 'tier_code',
    }),
    // The points stay in the sums; nobody spends them any more.
    erase: async (tx, profileId) => {
      await tx.sql
        .updateTable('loyalty_account')
        .set({ status: 'CLOSED' })
        .where('profile_id', '=', profileId)
        .execute();
    },
  },
  { table: 'lot', atMerge: 'KEEP', export: 'NOTHING', erase: 'KEEP' },
  {
    table: 'loyalty_journal',
    atMerge: 'KEEP',
    export: columnsOf('points', 'loyalty_journal', {
      at: 'occurred_at',
      kind: 'kind',
      points: 'points',
      activeAfter: 'active_after',
      reason: 'reason',
      orderId: 'order_id',
    }),
    erase: 'KEEP',
  },
  { table: 'loyalty_entry', atMerge: 'KEEP', export: 'NOTHING', erase: 'KEEP' },
  { table: 'hold', atMerge: 'KEEP', export: 'NOTHING', erase: 'KEEP' },
  { table: 'hold_lot', atMerge: 'KEEP', export: 'NOTHING', erase: 'KEEP' },
  { table: 'expiry_notice', atMerge: 'KEEP', export: 'NOTHING', erase: 'KEEP' },
  { table: 'incident', atMerge: 'MOVE', export: 'NOTHING', erase: 'KEEP' },
  ...ACTION_ROWS,
  ...TIER_ROWS,
  // What was posted stands in the journal; what waits is refused on a closed account.
  { table: 'correction', atMerge: 'MOVE', export: 'NOTHING', erase: 'KEEP' },
];
