import type { Context } from '../platform/context.ts';
import { moveRows, type ShopperRows } from '../profiles/index.ts';

/** What of this room belongs to a shopper: what was sent follows the person, and what it is found by with it. */
export const MESSAGE_ROWS: readonly ShopperRows[] = [
  { table: 'message', atMerge: 'MOVE', move: moveMessages },
];

async function moveMessages(tx: Context, from: string, to: string): Promise<void> {
  await moveRows(tx, 'message', from, to);
  await tx.sql.updateTable('message_key').set({ profile_id: to }).where('profile_id', '=', from).execute();
}
