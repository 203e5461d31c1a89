import type { ShopperRows } from '../../profiles/index.ts';
import { mergeAccounts } from './merge-accounts.ts';

/** What becomes of this room's rows when two profiles turn out to be one person. */
export const LOYALTY_ROWS: readonly ShopperRows[] = [
  // Takes what is left of the lots and the open holds along, by journals.
  {
    table: 'loyalty_account',
    atMerge: 'MOVE',
    move: (tx, from, to) => mergeAccounts(tx, { from, into: to }),
  },
  { table: 'lot', atMerge: 'KEEP' },
  { table: 'loyalty_journal', atMerge: 'KEEP' },
  { table: 'loyalty_entry', atMerge: 'KEEP' },
  { table: 'hold', atMerge: 'KEEP' },
  { table: 'hold_lot', atMerge: 'KEEP' },
  { table: 'expiry_notice', atMerge: 'KEEP' },
  { table: 'incident', atMerge: 'MOVE' },
];
